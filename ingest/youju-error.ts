/** Everything that can go wrong by name. A code is stable; tests, logs and HTTP problems refer to it. */
export type YoujuErrorCode =
  | 'analysis-failed'
  | 'bad-configuration'
  | 'bad-data-folder'
  | 'bad-database'
  | 'bad-document'
  | 'bad-metadata'
  | 'bad-rendering'
  | 'bad-term-base'
  | 'bad-vector'
  | 'coverage-broken'
  | 'embedding-failed'
  | 'feedback-full'
  | 'feedback-not-stored'
  | 'index-corrupt'
  | 'index-missing'
  | 'index-mismatch'
  | 'ingest-running'
  | 'no-documents'
  | 'no-feedback'
  | 'no-question'
  | 'store-unavailable'
  | 'unknown-document';

/** The one error type of the project. Its message tells the operator what to do next. */
export class YoujuError extends Error {
  override readonly name = 'YoujuError';
  readonly code: YoujuErrorCode;

  constructor(code: YoujuErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
