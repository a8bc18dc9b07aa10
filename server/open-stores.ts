import type { Store } from 'express-rate-limit';
import type { GenerationStore } from '../ingest/index/generation-store.ts';
import { openStore } from '../ingest/open-store.ts';
import { type CallCount, DailyCalls } from './answering/model/daily-calls.ts';
import { FeedbackLog, type FeedbackStore } from './feedback/record-feedback.ts';
import { RememberedAnswers } from './feedback/remember-answers.ts';
import { WINDOW_MILLISECONDS } from './http/clients/limit-rate.ts';
import type { ServerConfiguration } from './server-configuration.ts';

/** What a server keeps outside itself. `clients`: absent where it counts them in its own memory. */
export type OpenedStores = {
  store: GenerationStore;
  calls: CallCount;
  feedback: FeedbackStore;
  answers: RememberedAnswers;
  clients?: Store;
};

/**
 * Everything in DATA_DIR, or with DATABASE_URL in the database that several servers share.
 * @param onUncounted told once that calls of the chat model cannot be counted in DATA_DIR, with the system's code
 * @throws YoujuError `store-unavailable`, `bad-database`
 */
export async function openStores(configuration: ServerConfiguration, onUncounted: (code: string) => void): Promise<OpenedStores> {
  const { store, database } = await openStore(configuration);
  const { DATA_DIR, CHAT_CALLS_PER_DAY } = configuration;
  const answers = new RememberedAnswers();
  if (!database) {
    const calls = new DailyCalls(DATA_DIR, CHAT_CALLS_PER_DAY, { onUnwritable: onUncounted });
    return { store, calls, feedback: new FeedbackLog(DATA_DIR), answers };
  }
  const [{ SharedCalls }, { SharedFeedback }, { CountedClients }] = await Promise.all([
    import('./answering/model/shared-calls.ts'),
    import('./feedback/shared-feedback.ts'),
    import('./http/clients/counted-clients.ts'),
  ]);
  const feedback = new SharedFeedback(database);
  feedback.joinFrom(answers);
  const clients = new CountedClients(database, WINDOW_MILLISECONDS);
  return { store, calls: new SharedCalls(database, CHAT_CALLS_PER_DAY), feedback, answers, clients };
}
