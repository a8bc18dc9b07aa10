import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { IngestOutcome } from '../ingest/ingest-process.ts';
import { packageRoot } from '../ingest/package-root.ts';
import { YoujuError } from '../ingest/youju-error.ts';

/** The compiled one, from tests too: Node runs no TypeScript. */
const PROGRAM = path.join(packageRoot, 'dist', 'ingest', 'ingest-process.js');

/**
 * Ingests the repository's documents into a store, in a process of its own: in this one it would leave 500 MB behind. The
 * process reads the environment as this one did, and ends with it.
 * @param place what tells that process which store
 * @throws YoujuError as `ingestDocuments` does
 */
export async function ingestElsewhere(place: Record<string, string>): Promise<void> {
  const child = fork(PROGRAM, { env: { ...process.env, ...place } });
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  child.once('error', () => ended.abort());
  const answer = once(child, 'message', { signal: ended.signal }).catch((cause: unknown) => {
    throw ended.signal.aborted ? new Error('the ingest ended without a word: run `npm run ingest` to see why', { cause }) : cause;
  });
  const [outcome]: IngestOutcome[] = await answer;
  if (outcome && 'refusal' in outcome) throw new YoujuError(outcome.refusal.code, outcome.refusal.message);
}
