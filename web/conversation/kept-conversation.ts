import { readAnswerBody } from './answer-events.ts';
import type { Exchange } from './conversation.ts';
import { finishExchange, startExchange } from './conversation.ts';

/** The conversation of this tab, over reloads and page changes; gone with the tab. */

type Subject = { server: string; documentId: string | undefined };

const MAX_KEPT = 30;

const keyOf = ({ server, documentId }: Subject) => `youju:${server}:${documentId ?? ''}`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What is stored may be of another version of this widget, or written by another script of the page: it is read like the wire. */
function readExchange(value: unknown): Exchange[] {
  if (!isRecord(value)) return [];
  const { question, askedAt, rating } = value;
  const body = readAnswerBody(value['body']);
  if (typeof question !== 'string' || typeof askedAt !== 'number' || !body) return [];
  const exchange = finishExchange(startExchange(question, askedAt), body);
  return [rating === 'up' || rating === 'down' ? { ...exchange, rating } : exchange];
}

/** A page without storage (a sandboxed frame), and a storage without anything readable, have no conversation. */
export function readKeptConversation(subject: Subject): Exchange[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(subject)) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap(readExchange) : [];
  } catch {
    return [];
  }
}

/** Keeps the answered exchanges, the newest first to stay. A full or missing storage costs the keeping, not the conversation. */
export function keepConversation(subject: Subject, exchanges: readonly Exchange[]): void {
  const kept = exchanges.flatMap(({ question, askedAt, outcome, rating }) =>
    outcome.kind === 'answer' ? [{ question, askedAt, body: outcome.body, rating }] : [],
  );
  try {
    if (kept.length === 0) sessionStorage.removeItem(keyOf(subject));
    else sessionStorage.setItem(keyOf(subject), JSON.stringify(kept.slice(-MAX_KEPT)));
  } catch {
    // Nothing is kept; the conversation goes on.
  }
}
