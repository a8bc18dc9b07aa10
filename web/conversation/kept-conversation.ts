import { conversationKey, type Subject } from '../launcher/conversation-key.ts';
import { isFields, readAnswerBody } from './answer-events.ts';
import type { Exchange } from './exchange.ts';
import { finishExchange, startExchange } from './exchange.ts';

/** The conversation of this tab, over reloads and page changes; gone with the tab. */

const MAX_KEPT = 30;

/**
 * What is stored may be of another version of this widget, or written by another script of the page: it is read like the wire.
 * A question that has no answer comes back as one that was stopped.
 */
function readExchange(value: unknown): Exchange[] {
  if (!isFields(value)) return [];
  const { question, askedAt, body, rating } = value;
  if (typeof question !== 'string' || typeof askedAt !== 'number' || Number.isNaN(new Date(askedAt).getTime())) return [];
  const exchange = startExchange(question, askedAt);
  if (body === undefined) return [{ ...exchange, outcome: { kind: 'stopped' } }];
  const answer = readAnswerBody(body);
  if (!answer) return [];
  const answered = finishExchange(exchange, answer);
  return [rating === 'up' || rating === 'down' ? { ...answered, rating } : answered];
}

/** A page without storage (a sandboxed frame), and a storage without anything readable, have no conversation. */
export function readKeptConversation(subject: Subject): Exchange[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(conversationKey(subject)) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap(readExchange) : [];
  } catch {
    return [];
  }
}

/** Keeps the newest exchanges. A full or missing storage costs the keeping, not the conversation. */
export function keepConversation(subject: Subject, exchanges: readonly Exchange[]): void {
  const kept = exchanges.map(({ question, askedAt, outcome, rating }) => ({
    question,
    askedAt,
    body: outcome.kind === 'answer' ? outcome.body : undefined,
    rating,
  }));
  try {
    if (kept.length === 0) sessionStorage.removeItem(conversationKey(subject));
    else sessionStorage.setItem(conversationKey(subject), JSON.stringify(kept.slice(-MAX_KEPT)));
  } catch {
    // Nothing is kept; the conversation goes on.
  }
}
