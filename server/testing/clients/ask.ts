import { createParser } from 'eventsource-parser';
import { type CheckedAnswer, type CheckedDocument, type CheckedEvent, strictAnswer, strictDocument, strictEvent } from '../wire-schemas.ts';

/** A client of the HTTP API that takes nothing on trust: every body must have the promised shape. */

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** Asks and returns the checked JSON answer. */
export async function ask(server: string, body: Record<string, unknown> & { question: string }): Promise<CheckedAnswer> {
  const response = await postJson(`${server}/api/ask`, body);
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return strictAnswer.parse(await response.json());
}

export const askForStream = (server: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(`${server}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
  });

/** The checked events of an SSE response, as they arrive. */
export async function* eventsOf(response: Response): AsyncGenerator<CheckedEvent> {
  if (!response.body) throw new Error('the response has no body');
  const arrived: CheckedEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => arrived.push(strictEvent.parse({ event, data: JSON.parse(data) })),
    onError: (error) => {
      throw error;
    },
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of response.body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* arrived.splice(0);
  }
}

/** Asks over SSE and collects all events. */
export async function streamAnswer(server: string, body: unknown): Promise<CheckedEvent[]> {
  const events: CheckedEvent[] = [];
  for await (const event of eventsOf(await askForStream(server, body))) events.push(event);
  return events;
}

/** The text that a reader of the stream has seen. */
export const streamedText = (events: readonly CheckedEvent[]): string =>
  events.map((event) => (event.event === 'text-delta' ? event.data.text : '')).join('');

export async function getDocument(server: string, documentId: string): Promise<CheckedDocument> {
  const response = await fetch(`${server}/api/documents/${documentId}`);
  return strictDocument.parse(await response.json());
}
