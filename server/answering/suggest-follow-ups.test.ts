import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../../ingest/testing/sample-document.ts';
import { findReference } from '../question/resolve-reference.ts';
import { shadowOf } from '../question/understand-question.ts';
import { ScriptedChatModel } from '../testing/chat-model/scripted-chat-model.ts';
import { ask, streamAnswer } from '../testing/clients/ask.ts';
import { EXPO_QUESTION } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { ChatModel } from './model/chat-model.ts';
import { askerOfOne } from './place-question.ts';
import { suggestFollowUps, suggestInstead } from './suggest-follow-ups.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const followUpsOf = async (question: string, rest: Record<string, unknown> = {}) =>
  (await ask(server.url, { question, ...rest })).followUps;

describe('after an answer', () => {
  test.each([
    ['第二部分第六项的内容是什么？', ['第二部分第（七）项讲什么？', '第二部分讲什么？', '第三部分讲什么？']],
    ['第二部分第六項的內容是什麼？', ['第二部分第（七）項講什麼？', '第二部分講什麼？', '第三部分講什麼？']],
    ['What does item (6) of Part II say?', ['What does Part II, item (7) say?', 'What does Part II say?', 'What does Part III say?']],
    ['Что сказано в пункте 6 второй части?', ['О чём часть II, пункт (7)?', 'О чём часть II?', 'О чём часть III?']],
    ['II бөлім, (6) тармақ', ['II бөлім, (7) тармақта не айтылған?', 'II бөлімде не айтылған?', 'III бөлімде не айтылған?']],
  ])('by number comes the next item, the part that holds it, the next part: %s', async (question, followUps) => {
    expect(await followUpsOf(question)).toEqual(followUps);
  });

  test('about a part comes the next part, not that part again', async () => {
    expect(await followUpsOf('第三部分讲了什么？')).toEqual(['第四部分讲什么？', '第五部分讲什么？', '第一部分讲什么？']);
  });

  test('about the end come the places before it, never the signatures', async () => {
    expect(await followUpsOf('结尾第1段讲什么？')).toEqual(['序言第1段讲什么？', '第一部分讲什么？', '第二部分讲什么？']);
  });

  test('about the whole come the parts', async () => {
    expect(await followUpsOf('概括一下这份声明的主要内容')).toEqual(['第一部分讲什么？', '第二部分讲什么？', '第三部分讲什么？']);
  });

  test('nothing comes that the conversation asked before', async () => {
    const history = [{ role: 'user', content: '第二部分讲什么？' }];
    expect(await followUpsOf('第二部分第（六）项讲什么？', { history })).toEqual([
      '第二部分第（七）项讲什么？',
      '第三部分讲什么？',
      '第四部分讲什么？',
    ]);
  });

  test('come the same questions over SSE', async () => {
    const last = (await streamAnswer(server.url, { question: EXPO_QUESTION })).at(-1);
    expect(last).toMatchObject({ event: 'answer-end', data: { followUps: await followUpsOf(EXPO_QUESTION) } });
  });

  test('of a model come questions as after an extract', async () => {
    const model = await ScriptedChatModel.start();
    const configuration = { model: 'scripted-model', baseUrl: model.baseUrl, timeoutMilliseconds: 60_000 };
    const written = await startTestServer({ chatModel: new ChatModel(configuration) });
    const answer = await ask(written.url, { question: EXPO_QUESTION });
    await written.close();
    await model.close();
    expect(answer.generator).toBe('scripted-model');
    expect(answer.followUps).toContain('第二部分讲什么？');
  });
});

describe('after a question that was declined', () => {
  test('comes the part that was named, where it lacks the item', async () => {
    expect(await followUpsOf('第二部分第四十项是什么？')).toEqual(['第二部分讲什么？']);
    expect(await followUpsOf('第九部分讲了什么？')).toBeUndefined();
  });

  test('come the paragraphs near it', async () => {
    const answer = await ask(server.url, { question: '航天合作会用哪种火箭？' });
    if (answer.status !== 'abstained') throw new Error('the question was not declined');
    expect(answer.nearby.length).toBeGreaterThan(0);
    expect(answer.followUps).toEqual(answer.nearby.map(({ label }) => `${label}讲什么？`));
  });

  test('comes nothing where it is off the subject', async () => {
    expect(await followUpsOf('今天天气怎么样？')).toBeUndefined();
  });

  test('no signatures are offered', () => {
    const document = documentOf('双方会谈。\n双方同意。\n\n习近平（签字）\n托卡耶夫（签字）');
    const signed = document.paragraphs.find(({ sectionId }) => sectionId === 'signatures');
    const nearby = [{ documentId: document.documentId, paragraphId: signed?.paragraphId ?? 'no signatures' }];
    expect(signed).toBeDefined();
    expect(suggestInstead({ ...askerOfOne('zh-Hans'), documentOf: () => document, questions: [] }, nearby)).toEqual([]);
  });
});

describe('in a document', () => {
  const suggest = (text: string, paragraphId: string, question = '') => {
    const document = documentOf(text);
    const reference = findReference(shadowOf(question));
    return suggestFollowUps({ ...askerOfOne('zh-Hans'), documentOf: () => document, only: document, reference, questions: [question] }, [
      { documentId: document.documentId, paragraphId, similarity: 1 },
    ]);
  };

  test('of articles comes the next one, and the article that holds a cited item', () => {
    const text = '第一条 甲。\n第二条 乙：\n（一）丙。\n（二）丁。\n第三条 戊。';
    expect(suggest(text, 'body-item-1')).toEqual(['第二条讲什么？', '第三条讲什么？']);
    expect(suggest(text, 'body-item-2-item-1')).toEqual(['第二条第（二）项讲什么？', '第二条讲什么？', '第三条讲什么？']);
  });

  test('of one paragraph comes nothing', () => {
    expect(suggest('双方同意合作。', 'body-p1')).toEqual([]);
  });

  test('of several they name the document that they lead to', () => {
    const document = documentOf('一\n甲。\n二\n乙。', 'second');
    const asked = { language: 'zh-Hans', nameOf: () => '2015年的声明', documentOf: () => document, questions: [] } as const;
    const citations = [{ documentId: 'second', paragraphId: 'part-2-p1', similarity: 1 }];
    expect(suggestFollowUps(asked, citations)).toEqual(['2015年的声明第一部分讲什么？']);
  });
});
