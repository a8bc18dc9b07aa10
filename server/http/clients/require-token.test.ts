import express from 'express';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { problemHandler } from '../problem.ts';
import { requireToken } from './require-token.ts';

async function statusFor(tokens: string[], authorization?: string): Promise<{ status: number; challenge: string | null }> {
  const app = express();
  app.get('/', requireToken(tokens), (_request, response) => void response.send('in'));
  app.use(problemHandler(pino({ level: 'silent' })));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const response = await fetch(`http://127.0.0.1:${address.port}/`, authorization === undefined ? {} : { headers: { authorization } });
  return { status: response.status, challenge: response.headers.get('WWW-Authenticate') };
}

describe('requireToken', () => {
  it('lets everyone in where there are no tokens, whatever they send', async () => {
    expect((await statusFor([])).status).toBe(200);
    expect((await statusFor([], 'Bearer sk-of-somebody-else')).status).toBe(200);
  });

  it('lets in each of several tokens', async () => {
    expect((await statusFor(['one', 'two'], 'Bearer one')).status).toBe(200);
    expect((await statusFor(['one', 'two'], 'bearer  two')).status).toBe(200);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer three', 'Bearer onetwo', 'Bearer one two', 'Basic one', 'one', 'Bearer One'])(
    'keeps out %j, and says how to come in',
    async (authorization) => {
      expect(await statusFor(['one', 'two'], authorization)).toEqual({ status: 401, challenge: 'Bearer' });
    },
  );
});
