import { z } from 'zod';
import { type AnswerBody, answerSchema } from '../../server/wire.ts';

/** A question with an earlier turn of its own: no answer of another run is shared with it. */
export type Asked = { question: string; earlier: string };

/** What a client of one protocol got. `answer` is the whole answer that every protocol carries; `raw` is all that was sent, headers included. */
export type Reply = { status: number; raw: string; answer: AnswerBody | undefined; error: string | undefined };

type Protocol = { path: string; accept?: string; body: (asked: Asked) => unknown };

const turns = ({ question, earlier }: Asked) => [
  { role: 'user', content: earlier },
  { role: 'user', content: question },
];

const completion = (stream: boolean) => (asked: Asked) => ({ model: 'youju', stream, messages: turns(asked) });
const response = (stream: boolean) => (asked: Asked) => ({ model: 'youju', stream, input: turns(asked) });
const ask = ({ question, earlier }: Asked) => ({ question, history: [{ role: 'user', content: earlier }] });

export const PROTOCOLS: Record<string, Protocol> = {
  '/api/ask': { path: '/api/ask', body: ask },
  '/api/ask streamed': { path: '/api/ask', accept: 'text/event-stream', body: ask },
  '/api/chat': {
    path: '/api/chat',
    body: (asked) => ({ messages: turns(asked).map(({ role, content }) => ({ role, parts: [{ type: 'text', text: content }] })) }),
  },
  '/v1/chat/completions': { path: '/v1/chat/completions', body: completion(false) },
  '/v1/chat/completions streamed': { path: '/v1/chat/completions', body: completion(true) },
  '/v1/responses': { path: '/v1/responses', body: response(false) },
  '/v1/responses streamed': { path: '/v1/responses', body: response(true) },
  '/mcp': {
    path: '/mcp',
    accept: 'application/json, text/event-stream',
    body: (asked) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'ask', arguments: ask(asked) } }),
  },
};

/** Asks over HTTP, as a client of that protocol does. `token`, where the server wants one. Status 0 where the connection broke. */
export async function askInProtocol(server: string, name: string, asked: Asked, token = 'none'): Promise<Reply> {
  const { path, accept = '*/*', body } = protocolNamed(name);
  try {
    const answered = await fetch(`${server}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept, Authorization: `Bearer ${token}` },
      body: JSON.stringify(body(asked)),
    });
    return readReply(answered.status, answered.headers, await answered.text());
  } catch (error) {
    return {
      status: 0,
      raw: '',
      answer: undefined,
      error: `the connection broke: ${String(error instanceof Error ? error.cause : error)}`,
    };
  }
}

function readReply(status: number, headers: Headers, text: string): Reply {
  const messages = /^(?:data|event|id):/mu.test(text) ? dataLines(text) : [text];
  const values = messages.map(parseJson);
  return {
    status,
    raw: `${JSON.stringify([...headers])}\n${text}`,
    answer: values.map(answerIn).findLast((found) => found !== undefined),
    error: values.map(errorIn).findLast((found) => found !== undefined),
  };
}

function protocolNamed(name: string): Protocol {
  const protocol = PROTOCOLS[name];
  if (!protocol) throw new Error(`there is no protocol ${name}`);
  return protocol;
}

const dataLines = (text: string) => [...text.matchAll(/^data: ?(.*)$/gmu)].map(([, data = '']) => data);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const carriers = z.union([
  answerSchema,
  z.object({ youju: answerSchema }).transform(({ youju }) => youju),
  z.object({ response: z.object({ youju: answerSchema }) }).transform(({ response: { youju } }) => youju),
  z.object({ type: z.literal('data-answer'), data: answerSchema }).transform(({ data }) => data),
  z.object({ result: z.object({ structuredContent: answerSchema }) }).transform(({ result }) => result.structuredContent),
]);
const answerIn = (value: unknown): AnswerBody | undefined => carriers.safeParse(value).data;

const errors = z.union([
  z.object({ type: z.string(), status: z.number(), code: z.string() }).transform(({ code }) => code),
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ type: z.literal('error'), errorText: z.string() }).transform(({ errorText }) => errorText),
  z.object({ type: z.literal('response.failed') }).transform(() => 'response.failed'),
]);
const errorIn = (value: unknown): string | undefined => errors.safeParse(value).data;
