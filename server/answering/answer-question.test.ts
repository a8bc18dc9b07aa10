import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, getDocument } from '../testing/clients/ask.ts';
import { findMisquotes } from '../testing/find-misquotes.ts';
import { EXPO_CITY, EXPO_PARAGRAPH, EXPO_QUESTION, STATEMENT_ID, STATEMENT_SOURCE } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { CheckedAnswer, CheckedDocument } from '../testing/wire-schemas.ts';

let server: TestServer;
let document: CheckedDocument;

beforeAll(async () => {
  server = await startTestServer();
  document = await getDocument(server.url, STATEMENT_ID);
});

afterAll(() => server.close());

const cited = ({ citations }: CheckedAnswer) => citations.map(({ paragraphId }) => paragraphId);

/** Asks and checks what holds for every answer: nothing misquoted, no sentence without its citation. */
async function askChecked(body: { question: string } & Record<string, unknown>): Promise<CheckedAnswer> {
  const answer = await ask(server.url, body);
  expect(findMisquotes(answer, document, STATEMENT_SOURCE)).toEqual([]);
  if (answer.status === 'answered') {
    for (const sentence of answer.answer.split('\n')) expect(sentence).toMatch(/\[\d+\]$/);
    expect(answer.citations.map(({ marker }) => marker)).toEqual(answer.citations.map((_, index) => index + 1));
  }
  return answer;
}

describe('an answer', () => {
  test.each([
    '第二届中国国际进口博览会在哪里举办？',
    '第二屆中國國際進口博覽會在哪裡舉辦？',
    'Where is the second China International Import Expo held?',
  ])('to “%s” names the city and cites the paragraph', async (question) => {
    const answer = await askChecked({ question });
    expect(answer).toMatchObject({ status: 'answered', generator: 'extractive' });
    expect(answer.answer).toContain(EXPO_CITY);
    expect(cited(answer)).toContain(EXPO_PARAGRAPH);
  });

  test.each([
    ['第二部分第六项的内容是什么？', 'zh-Hans', '第二部分第（六）项'],
    ['第二部分第六項的內容是什麼？', 'zh-Hant', '第二部分第（六）項'],
    ['What does item (6) of Part II say?', 'en', 'Part II, item (6)'],
    ['Что сказано в пункте 6 второй части?', 'ru', 'Часть II, пункт (6)'],
    ['Екінші бөлімнің 6-тармағында не айтылған?', 'kk', 'II бөлім, (6) тармақ'],
  ])('by number is the whole paragraph, labelled in the language of the question: %s', async (question, language, label) => {
    const answer = await askChecked({ question });
    const item = document.paragraphs.find(({ paragraphId }) => paragraphId === 'part-2-item-6');
    expect(answer).toMatchObject({ status: 'answered', language, citations: [{ paragraphId: 'part-2-item-6', label, quote: item?.text }] });
    expect(answer.answer).toContain(label);
  });

  test('about a whole part quotes from that part only', async () => {
    const answer = await askChecked({ question: '概括第三部分的内容' });
    expect(new Set(cited(answer).map((paragraphId) => paragraphId.slice(0, 6)))).toEqual(new Set(['part-3']));
  });

  test.each(['请概括第三部分的内容', '请说说第三部分', '请介绍第三部分'])('is given to a polite request, too: %s', async (question) => {
    expect(await askChecked({ question })).toMatchObject({ status: 'answered' });
  });

  test('about the whole document quotes from several parts', async () => {
    const answer = await askChecked({ question: '概括一下这份声明的主要内容' });
    expect(new Set(cited(answer).map((paragraphId) => paragraphId.replace(/-[^-]+$/, ''))).size).toBeGreaterThan(3);
  });

  test('is in the language asked for, whatever the language of the question', async () => {
    for (const language of ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'])
      expect(await askChecked({ question: EXPO_QUESTION, language })).toMatchObject({ status: 'answered', language });
  });

  test('keeps its quotes in the document’s own script', async () => {
    const answer = await askChecked({ question: '第二屆中國國際進口博覽會在哪裡舉辦？' });
    expect(answer.language).toBe('zh-Hant');
    expect(answer.citations[0]?.quote).toContain('举办');
  });

  test('comes from the document that is named', async () => {
    expect(await askChecked({ question: EXPO_QUESTION, documentId: STATEMENT_ID })).toMatchObject({ status: 'answered' });
  });
});

describe('a follow-up', () => {
  const history = [
    { role: 'user', content: '第二部分第六项的内容是什么？' },
    { role: 'assistant', content: '第二部分第（六）项写道：…[1]' },
  ];

  test('without a subject of its own takes it from the history', async () => {
    const earlier = { role: 'user', content: EXPO_QUESTION };
    const withHistory = await askChecked({ question: '那是什么时候？', history: [earlier] });
    expect(withHistory.status).toBe('answered');
    expect(cited(withHistory)).toContain(EXPO_PARAGRAPH);
    expect((await askChecked({ question: '那是什么时候？' })).citations).not.toEqual(withHistory.citations);
  });

  test('by number is answered by number, whatever was asked before', async () => {
    expect(cited(await askChecked({ question: '第七项呢？', history }))).toEqual(['part-2-item-7']);
  });

  test('in another language is answered in that language', async () => {
    expect((await askChecked({ question: 'And item 7 of part two?', history })).language).toBe('en');
  });
});

describe('Youju declines', () => {
  test.each([
    ['今天天气怎么样？', 'off-topic'],
    ['How do I bake sourdough bread?', 'off-topic'],
    ['第九部分讲了什么？', 'no-such-paragraph'],
    ['第二部分第四十项是什么？', 'no-such-paragraph'],
  ])('“%s” as %s', async (question, reason) => {
    const answer = await askChecked({ question });
    expect(answer).toMatchObject({ status: 'abstained', reason, citations: [], generator: 'extractive' });
    expect(answer.answer).not.toMatch(/\[\d+\]/);
  });

  test.each(['?', '😀😀😀', '2019', '。。。', 'xqzwv', '\uFFFD'])('“%s”, which asks nothing', async (question) => {
    expect((await askChecked({ question })).status).toBe('abstained');
  });
});

test('law: whatever is asked, in whatever conversation, nothing is misquoted and no sentence goes uncited', async () => {
  const excerpt = fc
    .tuple(fc.nat({ max: STATEMENT_SOURCE.length - 30 }), fc.integer({ min: 2, max: 30 }))
    .map(([start, length]) => STATEMENT_SOURCE.slice(start, start + length));
  const words = fc.constantFrom(
    '哪里',
    '什么时候',
    '第二部分',
    '第六项',
    '概括',
    '还有呢',
    'What about',
    'energy',
    'пункт 5',
    'қашан',
    '[1]',
    '“',
    '”',
    '2019',
  );
  const question = fc
    .array(fc.oneof(excerpt, words), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(' '))
    .filter((text) => text.trim() !== '');
  const turn = fc.record({ role: fc.constantFrom('user', 'assistant'), content: question });
  const body = fc.record(
    { question, history: fc.array(turn, { maxLength: 3 }), language: fc.constantFrom('zh-Hans', 'zh-Hant', 'en', 'ru', 'kk') },
    { requiredKeys: ['question'] },
  );
  await fc.assert(
    fc.asyncProperty(body, async (request) => {
      await askChecked(request);
    }),
    { numRuns: 150 },
  );
});
