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
export function readConversation(messages: readonly ChatMessage[], about: Pick<AskRequest, 'language' | 'documentId'>): AskRequest {
  const last = messages.findLastIndex(({ role, text }) => role === 'user' && text.trim() !== '');
  const question = messages[last]?.text;
  if (question === undefined) throw new YoujuError('no-question', 'the conversation has no message of the user with text in it');
  const history = messages
    .slice(0, last)
    .map(({ role, text }) => ({ role, content: shorten(role === 'assistant' ? withoutSources(text) : text) }))
    .filter(({ content }) => content.trim() !== '')
    .slice(-MAX_TURNS);
  return askRequestSchema.parse({ question, history, ...about });
}

const shorten = (text: string) => {
  const wellFormed = text.toWellFormed();
  return wellFormed.length <= MAX_TURN_CODE_POINTS ? wellFormed : [...wellFormed].slice(0, MAX_TURN_CODE_POINTS).join('');
};
