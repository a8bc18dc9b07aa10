import type { Logger } from 'pino';
import type { AnswerObserver, AnswerStage, DropReason } from '../answering/answer-observer.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import type { AnswerBody, AskRequest } from '../wire.ts';

export type JournalDependencies = { metrics: ServerMetrics; logger: Logger; logsQuestions: boolean };

/**
 * Keeps account of one request's answer: every stage and every dropped sentence for the metrics, and one line of the log when it
 * ended. The line has no word of the question or of the answer, unless the operator wants questions logged.
 */
export function keepJournal({ metrics, logger, logsQuestions }: JournalDependencies, requestId: string): AnswerObserver {
  const milliseconds: Partial<Record<AnswerStage, number>> = {};
  let dropped = 0;
  return {
    onStage: (stage, spent) => {
      metrics.observeStage(stage, spent / 1000);
      milliseconds[stage] = Math.round(((milliseconds[stage] ?? 0) + spent) * 1000) / 1000;
    },
    onDropped: (reason: DropReason) => {
      metrics.countDropped(reason);
      dropped++;
    },
    onEnd: (asked, body) => {
      metrics.countAnswer(body);
      const { id: answerId, status, language, generator, degraded } = body;
      const reason = body.status === 'abstained' ? body.reason : undefined;
      const asking = logsQuestions ? askedOf(asked, body) : {};
      logger.info({ requestId, answerId, status, reason, language, generator, degraded, dropped, milliseconds, ...asking }, 'answer');
    },
  };
}

const askedOf = ({ question, history = [] }: AskRequest, { citations }: AnswerBody) => ({
  question,
  turnsBefore: history.length,
  cited: [...new Set(citations.map(({ documentId, paragraphId }) => `${documentId}#${paragraphId}`))],
});
