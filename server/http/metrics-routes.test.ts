import { expect, onTestFinished, test } from 'vitest';
import { ANSWER_STAGES, DROP_REASONS } from '../answering/answer-observer.ts';
import { startScriptedServer } from '../testing/chat-model/scripted-server.ts';
import { ask } from '../testing/clients/ask.ts';
import { sendRaw } from '../testing/clients/send-raw.ts';
import { EXPO_QUESTION, STATEMENT_ID } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

async function startServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  return server;
}

/** The samples of the exposition format, by name and labels. */
async function scrape(server: TestServer): Promise<Map<string, number>> {
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line): [string, number] => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

test('answers are counted by how they ended, in whatever protocol', async () => {
  const server = await startServer();
  await ask(server.url, { question: EXPO_QUESTION });
  await ask(server.url, { question: '今天股票涨了吗？' });
  await fetch(`${server.url}/v1/responses`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model: 'youju-extractive', input: EXPO_QUESTION }),
  });
  const samples = await scrape(server);
  const counted = (labels: string) => samples.get(`youju_answers_total{${labels}}`);
  expect(counted('status="answered",reason="",generator="extractive",degraded="",language="zh-Hans"')).toBe(2);
  expect(counted('status="abstained",reason="off-topic",generator="extractive",degraded="",language="zh-Hans"')).toBe(1);
});

test('requests are timed under patterns of ours: no address, method or question of a client makes a series', async () => {
  const server = await startServer();
  const paths = [`/api/documents/${STATEMENT_ID}`, '/api/documents/nothing', '/nothing/at/all', '/api/documents/x?question=secret'];
  for (const path of paths) await fetch(`${server.url}${path}`);
  await sendRaw(server.port, { method: 'PROPFIND', path: '/secret' });
  const names = [...(await scrape(server)).keys()].filter((name) => name.startsWith('youju_http_request_duration_seconds_count'));
  expect(names.sort()).toEqual([
    'youju_http_request_duration_seconds_count{method="GET",route="/api/documents/:documentId",status="200"}',
    'youju_http_request_duration_seconds_count{method="GET",route="/api/documents/:documentId",status="404"}',
    'youju_http_request_duration_seconds_count{method="GET",route="none",status="404"}',
    'youju_http_request_duration_seconds_count{method="PROPFIND",route="none",status="404"}',
  ]);
});

test('the generation that is served is told', async () => {
  const server = await startServer();
  const { generation, counts, createdAt } = server.currentIndex.get().manifest;
  const samples = await scrape(server);
  expect(samples.get(`youju_index_paragraphs{generation="${generation}"}`)).toBe(counts.paragraphs);
  expect(samples.get('youju_index_published_timestamp_seconds')).toBe(Date.parse(createdAt) / 1000);
  expect(samples.get('youju_index_refused_total')).toBe(0);
});

test('the stages of each answer are timed, and sentences that were dropped are counted by the reason', async () => {
  const { server } = await startScriptedServer('invents numbers');
  await ask(server.url, { question: EXPO_QUESTION });
  const samples = await scrape(server);
  const times = Object.fromEntries(
    ANSWER_STAGES.map((stage) => [stage, samples.get(`youju_stage_duration_seconds_count{stage="${stage}"}`)]),
  );
  // Three sentences of the model and the extract in their place.
  expect(times).toEqual({ understand: 1, retrieve: 1, embed: 1, weigh: 1, rewrite: 0, generate: 1, verify: 4, 'first-event': 1 });
  const dropped = Object.fromEntries(
    DROP_REASONS.map((reason) => [reason, samples.get(`youju_sentences_dropped_total{reason="${reason}"}`)]),
  );
  expect(dropped).toEqual({ ...Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])), number: 3 });
});
