import { describe, expect, test } from 'vitest';
import type { AnswerBody, AnswerEvent, AskRequest } from '../wire.ts';
import { RememberedAnswers } from './remember-answers.ts';

const declined = (id: string): AnswerBody => ({
  id,
  status: 'abstained',
  reason: 'off-topic',
  answer: '—',
  citations: [],
  nearby: [],
  language: 'en',
  generator: 'extractive',
  indexGeneration: '20260101000000-00000000',
});

async function* endingWith(body: AnswerBody): AsyncGenerator<AnswerEvent> {
  yield { event: 'text-delta', data: { text: body.answer } };
  yield { event: 'answer-end', data: body };
}

async function give(answers: RememberedAnswers, asked: AskRequest, body: AnswerBody): Promise<void> {
  for await (const _event of answers.following(asked, endingWith(body)));
}

describe('remembered answers', () => {
  test('are known before their end is told, and not before that', async () => {
    const answers = new RememberedAnswers();
    const known: [string, boolean][] = [];
    for await (const { event } of answers.following({ question: 'Who?' }, endingWith(declined('a'))))
      known.push([event, answers.get('a') !== undefined]);
    expect(known).toEqual([
      ['text-delta', false],
      ['answer-end', true],
    ]);
  });

  test('keep what was asked and what became of it', async () => {
    const answers = new RememberedAnswers();
    const asked: AskRequest = {
      question: 'And energy?',
      history: [{ role: 'user', content: 'Trade?' }],
      language: 'en',
      documentId: 'treaty',
    };
    await give(answers, asked, declined('a'));
    expect(answers.get('a')).toEqual({
      asked,
      language: 'en',
      generator: 'extractive',
      indexGeneration: '20260101000000-00000000',
      status: 'abstained',
      reason: 'off-topic',
    });
  });

  test('pass an error of the answer on, and remember none', async () => {
    const answers = new RememberedAnswers();
    // biome-ignore lint/correctness/useYield: an answer that breaks before its first event
    const broken = async function* (): AsyncGenerator<AnswerEvent> {
      throw new Error('broken');
    };
    await expect(answers.following({ question: 'Who?' }, broken()).next()).rejects.toThrow('broken');
  });

  test('are closed with the reader that leaves', async () => {
    let isClosed = false;
    const events = async function* (): AsyncGenerator<AnswerEvent> {
      try {
        yield* endingWith(declined('a'));
      } finally {
        isClosed = true;
      }
    };
    for await (const _event of new RememberedAnswers().following({ question: 'Who?' }, events())) break;
    expect(isClosed).toBe(true);
  });

  test('are the last 5,000', async () => {
    const answers = new RememberedAnswers();
    for (let count = 0; count < 5_010; count++) await give(answers, { question: 'Who?' }, declined(`${count}`));
    expect(['0', '9', '10', '5009'].map((id) => answers.get(id) !== undefined)).toEqual([false, false, true, true]);
  });

  test('are fewer where conversations are long: 16 million characters in all', async () => {
    const answers = new RememberedAnswers();
    const history = Array.from({ length: 20 }, () => ({ role: 'user' as const, content: 'x'.repeat(4_000) }));
    for (let count = 0; count < 300; count++) await give(answers, { question: 'Who?', history }, declined(`${count}`));
    const kept = Array.from({ length: 300 }, (_, count) => answers.get(`${count}`)).filter((answer) => answer !== undefined);
    expect(kept.length).toBeGreaterThan(190);
    expect(kept.length).toBeLessThanOrEqual(200);
  });
});
