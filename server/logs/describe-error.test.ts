import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { YoujuError } from '../../ingest/youju-error.ts';
import { describeError } from './describe-error.ts';

const QUESTION = '第二届进口博览会在哪里举办？';

test('an error of ours tells its code and what to do', () => {
  expect(describeError(new YoujuError('index-corrupt', 'CURRENT names no generation: run `npm run ingest`'))).toEqual({
    type: 'YoujuError',
    code: 'index-corrupt',
    message: 'CURRENT names no generation: run `npm run ingest`',
  });
});

test('an unforeseen one tells where it was thrown', () => {
  expect(describeError(new Error('the writer broke'))).toEqual({
    type: 'Error',
    message: 'the writer broke',
    frames: expect.arrayContaining([expect.stringContaining('describe-error.test')]),
  });
});

test('an error of the system tells the call and the file that it failed on', async () => {
  const error: unknown = await readFile('/nothing/here').catch((reason: unknown) => reason);
  expect(describeError(error)).toMatchObject({ type: 'Error', code: 'ENOENT', message: expect.stringContaining('/nothing/here') });
});

test('what an error was caused by is described with it, and no further than a few levels', () => {
  let error = new Error('the first cause');
  for (let level = 0; level < 9; level++) error = new Error(`level ${level}`, { cause: error });
  const described = describeError(error);
  expect(described).toMatchObject({ message: 'level 8', cause: { cause: { cause: { message: 'level 5' } } } });
  expect(JSON.stringify(described)).not.toContain('level 4');
});

class APIError extends Error {
  readonly status = 401;
  readonly headers = { authorization: 'Bearer sk-canary' };
  readonly body = { messages: [{ content: QUESTION }] };
}

test.each<[string, () => unknown]>([
  ['JSON.parse', () => JSON.parse(QUESTION)],
  ['an assignment to a text', () => Object.assign(QUESTION, { length: 1 })],
  ['an SDK', () => Promise.reject(new APIError(`Incorrect API key: sk-canary\n    at ${QUESTION}`))],
  ['a thrown text', () => Promise.reject(QUESTION)],
  ['a thrown object', () => Promise.reject({ message: QUESTION })],
  [
    'an error of ours that was caused by an SDK’s',
    () => Promise.reject(new YoujuError('embedding-failed', 'no embedding', { cause: new APIError(QUESTION) })),
  ],
])('of what %s throws, no word that it may have taken from a request is told', async (_who, fail) => {
  const error: unknown = await (async () => fail())().catch((reason: unknown) => reason);
  expect(error).toBeDefined();
  const told = JSON.stringify(describeError(error));
  for (const secret of [QUESTION, QUESTION.slice(0, 6), 'sk-canary']) expect(told).not.toContain(secret);
});
