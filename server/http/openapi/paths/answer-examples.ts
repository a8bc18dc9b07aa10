import type { AnnotationCollection, AnswerBody, AskRequest, Citation, PassageBody } from '../../../wire.ts';
import { EXPO_ANNOTATION } from './document-examples.ts';

/** Questions with the answers that the server gives to them on the statement, at https://youju.example; a test asks them again. */
type Example<Request, Response> = { request: Request; response: Response };

const STATEMENT = 'china-kazakhstan-joint-statement-2019';
const PAGE = `https://youju.example/documents/${STATEMENT}`;
const INDEX_GENERATION = '20260901080000-05f32059';
const documents = [{ documentId: STATEMENT, title: '中华人民共和国和哈萨克斯坦共和国联合声明', language: 'zh-Hans' }];
const fragment = (words: string) => `:~:text=${encodeURIComponent(words)}`;

const EXPO: Citation = {
  marker: 1,
  documentId: STATEMENT,
  paragraphId: 'part-2-item-1',
  label: '第二部分第（一）项',
  quote: '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。',
  start: 101,
  end: 144,
  url: `${PAGE}#part-2-item-1${fragment('中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会')}`,
  similarity: 0.42,
};

export const ANSWERED: Example<AskRequest, AnswerBody> = {
  request: { question: '第二届中国国际进口博览会在哪里举办？' },
  response: {
    id: '68963569-2646-43b1-9271-3fcc50d57d04',
    language: 'zh-Hans',
    generator: 'extractive',
    indexGeneration: INDEX_GENERATION,
    status: 'answered',
    answer: `第二部分第（一）项写道：“${EXPO.quote}”[1]`,
    citations: [EXPO],
    followUps: ['第二部分第（二）项讲什么？', '第二部分讲什么？', '第三部分讲什么？'],
    documents,
  },
};

export const ABSTAINED: Example<AskRequest, AnswerBody> = {
  request: { question: '今天天气怎么样？' },
  response: {
    id: '927d5cad-1318-4206-b1be-f0ddfcaf65d4',
    language: 'zh-Hans',
    generator: 'extractive',
    indexGeneration: INDEX_GENERATION,
    status: 'abstained',
    reason: 'off-topic',
    answer: '这个问题与所收录的文件无关，因此不作回答。',
    citations: [],
    nearby: [],
  },
};

/** As it goes over the line. */
export const STREAMED: string = [
  { event: 'abstention', data: { reason: 'off-topic', nearby: [] } },
  { event: 'text-delta', data: { text: ABSTAINED.response.answer } },
  { event: 'answer-end', data: ABSTAINED.response },
]
  .map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  .join('');

const { '@context': context, ...EXPO_ITEM } = EXPO_ANNOTATION;

export const ANNOTATED: AnnotationCollection = {
  '@context': context,
  id: `urn:uuid:${ANSWERED.response.id}`,
  type: 'AnnotationCollection',
  label: ANSWERED.response.answer,
  total: 1,
  first: { id: `urn:uuid:${ANSWERED.response.id}#page`, type: 'AnnotationPage', startIndex: 0, items: [EXPO_ITEM] },
};

const ITEM_8 = '探索科技、信息技术合作新模式、新项目，推动相关科研机构和高校合作。';

export const FOUND: Example<{ query: string; k: number }, { passages: PassageBody[] }> = {
  request: { query: 'item 8 of part two', k: 1 },
  response: {
    passages: [
      {
        documentId: STATEMENT,
        paragraphId: 'part-2-item-8',
        label: 'Part II, item (8)',
        text: ITEM_8,
        start: 3,
        end: 36,
        similarity: 1,
        url: `${PAGE}#part-2-item-8${fragment(ITEM_8)}`,
      },
    ],
  },
};
