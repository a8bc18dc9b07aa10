import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { YoujuError } from '../../../ingest/youju-error.ts';
import type { FeedbackRecord } from '../../feedback/feedback-record.ts';
import type { FeedbackStore } from '../../feedback/record-feedback.ts';
import type { RememberedAnswers } from '../../feedback/remember-answers.ts';
import { feedbackRequestSchema } from '../../wire.ts';
import { jsonBody, parseBody } from '../json-body.ts';
import { methodNotAllowed, Problem } from '../problem.ts';

/** An operator has to move a file or mend a disk: nothing that seconds would bring. */
const RETRY_SECONDS = '600';

/** `POST /api/feedback`: 204 once the rating is on the disk, together with what is remembered of the answer. */
export function feedbackRoutes(answers: RememberedAnswers, feedback: FeedbackStore, logger: Logger): Router {
  const router = Router();

  router.post('/api/feedback', jsonBody, async (request: Request, response: Response) => {
    const { answerId, rating, comment } = parseBody(feedbackRequestSchema, request.body);
    await store({ at: new Date().toISOString(), answerId, rating, comment, answer: answers.get(answerId) }, response, feedback, logger);
    response.status(204).end();
  });
  router.all('/api/feedback', methodNotAllowed('POST'));
  return router;
}

/** The operator is told the file and the fault, the visitor neither. */
async function store(record: FeedbackRecord, response: Response, feedback: FeedbackStore, logger: Logger): Promise<void> {
  try {
    await feedback.append(record);
  } catch (error) {
    // A database comes back by itself, and every route tells of it alike.
    if (!(error instanceof YoujuError) || error.code === 'store-unavailable') throw error;
    logger.error({ err: error, requestId: response.locals['requestId'] }, error.message);
    throw new Problem(503, error.code, 'the server cannot store feedback at present: try again later', { 'Retry-After': RETRY_SECONDS });
  }
}
