import { describe, expect, it } from 'vitest';
import type { AnswerBody } from '../../server/wire.ts';
import type { Exchange } from './exchange.ts';
import { advanceExchange, buildRequest, excessLength, historyOf, startExchange } from './exchange.ts';

const body: AnswerBody = {
  id: 'a',
  status: 'answered',
  answer: '最终的回答。[1]',
  language: 'zh-Hans',
  generator: 'extractive',
  indexGeneration: 'g',
  citations: [],
};

const answered = (question: string, answer = body.answer): Exchange =>
  advanceExchange(startExchange(question, 0), { event: 'answer-end', data: { ...body, answer } });

describe('advanceExchange', () => {
  it('collects what is streamed, and lets the final body replace it', () => {
    const streamed = advanceExchange(startExchange('问', 0), { event: 'text-delta', data: { text: '先到的' } });
    expect(advanceExchange(streamed, { event: 'text-delta', data: { text: '文字' } }).text).toBe('先到的文字');
    expect(advanceExchange(streamed, { event: 'answer-end', data: body })).toMatchObject({
      text: body.answer,
      outcome: { kind: 'answer' },
    });
  });
});

describe('historyOf', () => {
  it('holds the last six turns', () => {
    const history = historyOf(['一', '二', '三', '四'].map((question) => answered(question)));
    expect(history.map(({ content }) => content)).toEqual(['二', body.answer, '三', body.answer, '四', body.answer]);
  });

  it('leaves out what was never answered', () => {
    expect(historyOf([{ ...startExchange('停', 0), outcome: { kind: 'stopped' } }, answered('问')])).toHaveLength(2);
  });

  it('cuts a turn at 4000 characters, between code points', () => {
    const [, turn] = historyOf([answered('问', '𠮷'.repeat(2500) + 'a'.repeat(2500))]);
    expect([...(turn?.content ?? '')]).toHaveLength(4000);
  });

  it('drops the oldest turns where the request would outgrow 16 kB', () => {
    const history = historyOf(['一', '二', '三'].map((question) => answered(question, '长'.repeat(1500))));
    expect(history.map(({ content }) => content[0])).toEqual(['二', '长', '三', '长']);
  });
});

describe('buildRequest', () => {
  it('leaves out what is not set', () => {
    expect(buildRequest('问', [], { documents: undefined, language: undefined })).toEqual({ question: '问' });
    expect(buildRequest('问', [], { documents: 'a, b', language: undefined })).toEqual({ question: '问', documentIds: ['a', 'b'] });
    expect(buildRequest('问', [], { documents: 'd', language: 'en' })).toEqual({
      question: '问',
      documentId: 'd',
      language: 'en',
    });
  });
});

describe('excessLength', () => {
  it('counts code points of the trimmed question', () => {
    expect(excessLength(` ${'𠮷'.repeat(500)} `)).toBe(0);
    expect(excessLength('𠮷'.repeat(503))).toBe(3);
  });
});
