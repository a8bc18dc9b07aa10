import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerExtract } from '../testing/scripted-answers.ts';
import type { AnswerProgress } from './ask-client.ts';
import { AskError, askQuestion, parseRetryAfter } from './ask-client.ts';

const SERVER = 'https://youju.example';
const [delta, citation, end] = answerExtract(SERVER);

afterEach(() => vi.unstubAllGlobals());

function respond(body: BodyInit | null, status: number, headers: Record<string, string>) {
  const fetched = vi.fn(async (_address: URL, _request: RequestInit) => new Response(body, { status, headers }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

async function ask(): Promise<AnswerProgress[]> {
  const events: AnswerProgress[] = [];
  for await (const event of askQuestion(SERVER, { question: '问' }, new AbortController().signal)) events.push(event);
  return events;
}

async function failure() {
  const error = await ask().catch((thrown: unknown) => thrown);
  return error instanceof AskError ? error.failure : error;
}

const sse = (events: unknown[]) =>
  events
    .map((entry) => JSON.parse(JSON.stringify(entry)))
    .map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    .join('');
const STREAM = { 'Content-Type': 'text/event-stream; charset=utf-8' };
const PROBLEM = { 'Content-Type': 'application/problem+json' };
const problem = (status: number) => ({ type: 'about:blank', title: 'x', status, detail: '', code: 'some-code' });

describe('askQuestion', () => {
  it('posts to the server it was given and yields up to answer-end', async () => {
    const fetched = respond(sse([delta, citation, end, delta]), 200, STREAM);
    expect(await ask()).toEqual([delta, citation, end]);
    const [address, request] = fetched.mock.calls[0] ?? [];
    expect(String(address)).toBe('https://youju.example/api/ask');
    expect(request?.body).toBe('{"question":"问"}');
  });

  it('takes a plain JSON answer too', async () => {
    respond(JSON.stringify(end?.data), 200, { 'Content-Type': 'application/json' });
    expect(await ask()).toEqual([end]);
  });

  it('does not pass a broken-off stream for an answer', async () => {
    respond(sse([delta, citation]), 200, STREAM);
    expect(await failure()).toEqual({ kind: 'network' });
  });

  it.each([
    [429, { kind: 'rate-limited', retryAfterSeconds: 7 }],
    [503, { kind: 'not-ready', retryAfterSeconds: 7 }],
    [422, { kind: 'refused', code: 'some-code' }],
    [500, { kind: 'server', code: 'some-code' }],
  ])('tells what a %i means', async (status, expected) => {
    respond(JSON.stringify(problem(status)), status, { ...PROBLEM, 'Retry-After': '7' });
    expect(await failure()).toEqual(expected);
  });

  it('understands answer-error inside the stream', async () => {
    respond(sse([delta, { event: 'answer-error', data: problem(500) }]), 200, STREAM);
    expect(await failure()).toEqual({ kind: 'server', code: 'some-code' });
  });

  it('survives the HTML error page of a proxy, and no network at all', async () => {
    respond('<h1>Bad gateway</h1>', 502, { 'Content-Type': 'text/html' });
    expect(await failure()).toEqual({ kind: 'server', code: undefined });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure()).toEqual({ kind: 'network' });
  });
});

describe('parseRetryAfter', () => {
  it('reads seconds and dates', () => {
    const now = Date.parse('Wed, 11 Sep 2019 08:00:00 GMT');
    expect(parseRetryAfter('12', now)).toBe(12);
    expect(parseRetryAfter('Wed, 11 Sep 2019 08:00:30 GMT', now)).toBe(30);
    expect(parseRetryAfter('Wed, 11 Sep 2019 07:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('soon', now)).toBeUndefined();
    expect(parseRetryAfter(null, now)).toBeUndefined();
  });
});
