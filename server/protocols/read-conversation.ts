import { YoujuError } from '../../ingest/youju-error.ts';
import { type AskRequest, askRequestSchema, MAX_TURN_CODE_POINTS, MAX_TURNS } from '../wire.ts';
import { withoutSources } from './list-sources.ts';

/** What was said in a chat, by the two whose words count: system prompts and tools change nothing about what may be claimed. */
export type ChatMessage = { role: 'user' | 'assistant'; text: string };

/**
 * The question that a conversation ends with, and the turns before it. Clients send the whole conversation each time, so what is
 * too much of it is left out: the oldest turns, and what of a turn is past its limit. The question itself is taken whole or refused.
 * @throws YoujuError `no-question`; ZodError where the question is empty, too long or ill-formed
 */
export function readConversation(
  messages: readonly ChatMessage[],
  about: Pick<AskRequest, 'language' | 'documentId' | 'documentIds'>,
): AskRequest {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const question = messages[last]?.text ?? '';
  // To answer the question before a message of pictures alone would be an answer to something else.
  if (question.trim() === '')
    throw new YoujuError('no-question', 'the conversation has no question: its last message of the user is missing or has no text in it');
  const history = messages
    .slice(0, last)
    .map(({ role, text }) => ({ role, content: shorten(role === 'assistant' ? withoutSources(text) : text) }))
    .filter(({ content }) => content.trim() !== '')
    .slice(-MAX_TURNS);
  return askRequestSchema.parse({ question, history, ...about });
}

/** The text of a message that comes in parts. What is no text of these types is passed over, whatever it is. */
export const textOfParts = (parts: readonly unknown[], types: readonly string[]): string =>
  parts.flatMap((part) => (isText(part) && types.includes(part.type) ? [part.text] : [])).join('\n');

/**
 * Not a schema: to check and refuse each part of a body made of nothing else took 400 ms, and told 10 MB of faults.
 */
const isText = (part: unknown): part is { type: string; text: string } =>
  typeof part === 'object' &&
  part !== null &&
  'type' in part &&
  typeof part.type === 'string' &&
  'text' in part &&
  typeof part.text === 'string';

const shorten = (text: string) => {
  const wellFormed = text.toWellFormed();
  return wellFormed.length <= MAX_TURN_CODE_POINTS ? wellFormed : [...wellFormed].slice(0, MAX_TURN_CODE_POINTS).join('');
};
