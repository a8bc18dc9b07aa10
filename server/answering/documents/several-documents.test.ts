import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { line, says } from '../../testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ask, postJson, streamAnswer, streamedText } from '../../testing/clients/ask.ts';
import { ingestSisters } from '../../testing/sister-documents.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictProblem, strictQuoteCheck } from '../../testing/wire-schemas.ts';
import type { Turn } from '../../wire.ts';
import { ChatModel } from '../model/chat-model.ts';

let server: TestServer;
let dataFolder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ dataFolder, remove } = await ingestSisters());
  server = await startTestServer({ dataFolder });
});
afterAll(async () => {
  await server.close();
  await remove();
});

const askOf = (question: string, rest: Record<string, unknown> = {}) => ask(server.url, { question, ...rest });
const citedBy = async (question: string, rest: Record<string, unknown> = {}) =>
  (await askOf(question, rest)).citations.map(({ documentId, paragraphId }) => `${documentId}#${paragraphId}`);

describe('the same question of statements of several years', () => {
  test('is answered by each for itself, newest first, below its title and date', async () => {
    const { answer, citations, documents } = await askOf('每年互派多少名留学生？');
    expect(answer.split('\n')).toEqual([
      '《滨海共和国和高原共和国联合声明》（2019年10月28日）',
      '第三部分第1段写道：“双方将每年互派800名留学生，滨海方面向高原方面提供300个政府奖学金名额。”[1]',
      '',
      '《滨海共和国和高原共和国联合声明》（2017年6月20日）',
      '第三部分第1段写道：“双方将每年互派500名留学生，滨海方面向高原方面提供200个政府奖学金名额。”[2]',
      '',
      '《滨海共和国和高原共和国联合声明》（2015年12月14日）',
      '第三部分第1段写道：“双方将每年互派300名留学生，滨海方面向高原方面提供100个政府奖学金名额。”[3]',
    ]);
    expect(citations[1]?.label).toBe('《滨海共和国和高原共和国联合声明》（2017年6月20日）第三部分第1段');
    expect(documents?.map(({ date }) => date)).toEqual(['2019-10-28', '2017-06-20', '2015-12-14']);
  });

  test('is answered once where they say the same, with where else it stands', async () => {
    const { answer, citations } = await askOf('双方对边界问题怎么看？');
    expect(answer.match(/两国边界问题/g)).toHaveLength(1);
    expect(answer).toContain('（另见相同表述：2017年6月20日[2]、2015年12月14日[3]）');
    expect(citations.map(({ documentId }) => documentId)).toEqual(['statement-2019', 'statement-2017', 'statement-2015']);
  });

  test('streams as it stands in the whole answer', async () => {
    const events = await streamAnswer(server.url, { question: '每年互派多少名留学生？' });
    const end = events.at(-1);
    expect(end?.event === 'answer-end' && end.data.answer).toBe(streamedText(events));
  });
});

describe('a question that names a document', () => {
  test('is put to that one, and the next asks the same of the year that is named', async () => {
    const question = '2019年的声明对天然气管道怎么说？';
    const first = await askOf(question);
    expect(first.citations.map(({ documentId }) => documentId)).toEqual(['statement-2019']);
    expect(first.followUps?.[0]).toBe('2017年的联合声明呢？');
    const history: Turn[] = [
      { role: 'user', content: question },
      { role: 'assistant', content: first.answer },
    ];
    expect(await citedBy('2017年的联合声明呢？', { history })).toEqual(['statement-2017#part-2-item-2']);
    expect(await citedBy('那2015年呢？', { history })).toEqual(['statement-2015#part-2-item-2']);
    expect(await citedBy('那博览会呢？', { history })).toEqual(['statement-2019#part-2-item-4']);
    expect(await citedBy('第二部分第（三）项讲什么？', { history })).toEqual(['statement-2019#part-2-item-3']);
  });

  test('tells which of the named ones does not say it', async () => {
    const { answer } = await askOf('2015年和2017年的声明对文化中心怎么说？');
    expect(answer.split('\n')[0]).toBe('（未见有关表述：《滨海共和国和高原共和国联合声明》（2015年12月14日））');
  });

  test.each([
    ['2016年的声明对贸易额怎么说？', '2015年的声明对贸易额怎么说？'],
    ['2016年的聲明對貿易額怎麼說？', '2015年的聲明對貿易額怎麼說？'],
    ['What did the 2016 statement say about trade?', 'What did the 2015 statement say about trade?'],
    ['Что говорится в заявлении 2016 года о торговле?', 'Что говорится в заявлении 2015 года о торговле?'],
    ['2016 жылғы мәлімдемеде сауда туралы не айтылған?', '2015 жылғы мәлімдемеде сауда туралы не айтылған?'],
  ])('of a year that there is none of is declined, and leads to the nearest years: %s', async (question, instead) => {
    const answer = await askOf(question);
    expect(answer).toMatchObject({ status: 'abstained', reason: 'no-such-document' });
    expect(answer.answer).toMatch(/2017.*2015/);
    expect(answer.followUps).toContain(instead);
    expect(new Set((await askOf(instead)).citations.map(({ documentId }) => documentId))).toEqual(new Set(['statement-2015']));
  });
});

describe('what needs one document', () => {
  test.each([
    ['概括一下', '概括2019年的联合声明'],
    ['Summarise the document', 'Summarise the 2019 joint statement'],
    ['Краткое содержание документа', 'Краткое содержание совместного заявления 2019 года'],
    ['Құжаттың қысқаша мазмұны', 'Қысқаша мазмұны: 2019 жылғы бірлескен мәлімдеме'],
  ])('asks which one: %s', async (question, instead) => {
    const answer = await askOf(question);
    expect(answer).toMatchObject({ status: 'abstained', reason: 'which-document' });
    expect(answer.documents).toHaveLength(3);
    expect(answer.followUps?.[0]).toBe(instead);
    const followed = await askOf(instead);
    expect(new Set(followed.citations.map(({ documentId }) => documentId))).toEqual(new Set(['statement-2019']));
  });

  test('is quoted from each that has the place', async () => {
    expect(await citedBy('第二部分第（三）项讲什么？')).toEqual([
      'statement-2019#part-2-item-3',
      'statement-2017#part-2-item-3',
      'statement-2015#part-2-item-3',
    ]);
    expect(await askOf('第二部分讲什么？')).toMatchObject({ reason: 'which-document' });
  });
});

describe('documentIds', () => {
  test('asks these documents only', async () => {
    expect(await citedBy('每年互派多少名留学生？', { documentIds: ['statement-2015', 'statement-2017'] })).toEqual([
      'statement-2017#part-3-p1',
      'statement-2015#part-3-p1',
    ]);
    expect(await askOf('2019年的声明对留学生怎么说？', { documentIds: ['statement-2015', 'statement-2017'] })).toMatchObject({
      reason: 'no-such-document',
    });
    expect((await askOf('每年互派多少名留学生？', { documentIds: ['statement-2015'] })).citations[0]?.label).toBe('第三部分第1段');
  });

  test('refuses one that there is not, and too many', async () => {
    const post = (documentIds: unknown) => postJson(`${server.url}/api/ask`, { question: '？', documentIds });
    await expectFault(await post(['statement-2015', 'statement-1999']), 404, 'unknown-document');
    await expectFault(await post([]), 422, 'invalid-request');
    await expectFault(await post(Array.from({ length: 51 }, (_, at) => `d${at}`)), 422, 'invalid-request');
  });
});

async function expectFault(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, strictProblem.parse(await response.json()).code]).toEqual([status, code]);
}

test('a checked quotation says in which documents it stands', async () => {
  const response = await postJson(`${server.url}/api/verify`, { quote: '两国边界问题已经全部解决' });
  const { matches } = strictQuoteCheck.parse(await response.json());
  expect(matches.map(({ label }) => label).toSorted()).toEqual([
    '《滨海共和国和高原共和国联合声明》（2015年12月14日）第一部分第1段',
    '《滨海共和国和高原共和国联合声明》（2017年6月20日）第一部分第1段',
    '《滨海共和国和高原共和国联合声明》（2019年10月28日）第一部分第1段',
  ]);
});

test('a model is told the years; a sentence of its that mixes them is dropped, the others stand below their documents', async () => {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  model.play(
    says((sentences) => {
      const [newer, older] = ['800', '300名'].map((figure) => sentences.find(({ text }) => text.includes(figure)));
      if (!newer || !older) return '{"none": true}\n';
      return (
        line('两份声明都要每年互派800名留学生。', [newer.id, older.id]) +
        line('每年互派800名留学生。', [newer.id]) +
        line('每年互派300名留学生。', [older.id])
      );
    }),
  );
  const chatModel = new ChatModel({ model: 'scripted', apiKey: 'sk-x', baseUrl: model.baseUrl, timeoutMilliseconds: 60_000 });
  const written = await startTestServer({ dataFolder, chatModel });
  onTestFinished(() => written.close());
  const { answer, generator } = await ask(written.url, { question: '每年互派多少名留学生？' });
  expect(generator).toBe('scripted');
  expect(answer.split('\n')).toEqual([
    '《滨海共和国和高原共和国联合声明》（2019年10月28日）',
    '每年互派800名留学生。[1]',
    '',
    '《滨海共和国和高原共和国联合声明》（2015年12月14日）',
    '每年互派300名留学生。[2]',
  ]);
  expect(model.prompts.at(-1)).toContain('（2015年12月14日）第三部分第1段');
});
