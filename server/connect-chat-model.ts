import type { Logger } from 'pino';
import { ChatModel } from './answering/model/chat-model.ts';
import { CircuitBreaker } from './answering/model/circuit-breaker.ts';
import type { CallCount } from './answering/model/daily-calls.ts';
import type { CallOutcome } from './answering/model/model-budget.ts';
import { chatConfiguration, type ServerConfiguration } from './server-configuration.ts';

/** For `openStores`. */
export const warnOfUncounted = (logger: Logger) => (code: string) =>
  logger.warn(
    { code },
    'the day’s calls cannot be counted in DATA_DIR/chat-calls: a restart will forget them; check its permissions and space',
  );

/** The chat model that the environment names, as a process that serves many calls it: left alone while it fails, and up to the day's cap. */
export function connectChatModel(
  configuration: ServerConfiguration,
  logger: Logger,
  calls: CallCount,
  onCall: (outcome: CallOutcome) => void = () => {},
): ChatModel | undefined {
  const chat = chatConfiguration(configuration);
  if (configuration.OPENAI_API_KEY !== undefined && !chat) logger.info('OPENAI_API_KEY is set but CHAT_MODEL is not: answers are extracts');
  if (!chat) return undefined;
  const breaker = new CircuitBreaker({
    onChange: (state, pauseMilliseconds) =>
      state === 'closed'
        ? logger.info('the chat model answers again')
        : logger.warn(
            { pauseMilliseconds },
            'the chat model failed five answers in a row or its trial: answers are extracts until it is tried again',
          ),
  });
  return new ChatModel(chat, { breaker, calls, onCall });
}
