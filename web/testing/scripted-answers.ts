import type { AnswerBody, AnswerEvent, Citation } from '../../server/wire.ts';
import { DOCUMENT_ID, labelOf, PARAGRAPHS } from './statement-page.ts';

/** Answers as the server would stream them, for a handful of questions. */

function cite(origin: string, marker: number, paragraphId: string, quote: string): Citation {
  const start = PARAGRAPHS[paragraphId]?.indexOf(quote) ?? -1;
  if (start < 0) throw new Error(`${paragraphId} does not say ${quote}`);
  const url = `${origin}/documents/${DOCUMENT_ID}#${paragraphId}:~:text=${encodeURIComponent(quote)}`;
  const span = { start, end: start + quote.length };
  return {
    marker,
    documentId: DOCUMENT_ID,
    paragraphId,
    label: labelOf(paragraphId),
    quote,
    ...span,
    url,
    similarity: 0.8,
  };
}

const documents = [{ documentId: DOCUMENT_ID, title: '中华人民共和国和哈萨克斯坦共和国联合声明', language: 'zh-Hans' }];
const common = { id: 'answer-1', language: 'zh-Hans', indexGeneration: 'generation-1', documents } as const;

export function answerEnergy(origin: string): AnswerEvent[] {
  const citations = [
    cite(origin, 1, 'part-2-item-3', '深化油气、和平利用核能、电力、可再生能源等领域合作'),
    cite(origin, 2, 'part-2-item-13', '共同运营好中哈霍尔果斯国际边境合作中心'),
  ];
  const sentences = ['双方将深化油气、和平利用核能、电力、可再生能源等领域合作。[1]', '双方还将共同运营好霍尔果斯国际边境合作中心。[2]'];
  const body: AnswerBody = {
    ...common,
    status: 'answered',
    generator: 'scripted-model',
    answer: sentences.join(''),
    citations,
    followUps: ['第二部分第（四）项讲什么？'],
  };
  return [
    ...citations.map((data): AnswerEvent => ({ event: 'citation', data })),
    ...sentences.map((text): AnswerEvent => ({ event: 'text-delta', data: { text } })),
    { event: 'answer-end', data: body },
  ];
}

export function answerExtract(origin: string): AnswerEvent[] {
  const citations = [cite(origin, 1, 'closing-p1', '本声明于2019年9月11日在北京签署，一式两份，每份用中文、哈萨克文和俄文写成。')];
  const answer = `${citations[0]?.quote ?? ''}[1]`;
  const body: AnswerBody = {
    ...common,
    status: 'answered',
    generator: 'extractive',
    answer,
    citations,
    degraded: 'model-timeout',
  };
  return [
    { event: 'text-delta', data: { text: answer } },
    ...citations.map((data): AnswerEvent => ({ event: 'citation', data })),
    { event: 'answer-end', data: body },
  ];
}

export function decline(origin: string): AnswerEvent[] {
  const { documentId, paragraphId, label, url, similarity } = cite(origin, 1, 'part-2-item-6', '边境口岸');
  const nearby = [{ documentId, paragraphId, label, url, similarity }];
  const answer = '文件没有写明这一点，因此不作回答。';
  const reason = 'no-evidence';
  return [
    { event: 'abstention', data: { reason, nearby } },
    { event: 'text-delta', data: { text: answer } },
    {
      event: 'answer-end',
      data: { ...common, status: 'abstained', generator: 'extractive', answer, reason, citations: [], nearby },
    },
  ];
}

/** What an attacker would have in every string that reaches the page. */
export const PAYLOADS = [
  '<script>globalThis.hacked = 1</script>',
  '<img src=x onerror="globalThis.hacked = 1">',
  '<svg onload="globalThis.hacked = 1"></svg>',
  '"><iframe src="javascript:globalThis.hacked = 1"></iframe>',
  "'-globalThis.hacked-'",
  '{{constructor.constructor("globalThis.hacked = 1")()}}',
  '[click](javascript:globalThis.hacked=1) ![x](https://tracker.example/x.png)',
  '</textarea></style><a href="javascript:globalThis.hacked = 1" ping="https://tracker.example">x</a>',
  '\u2028\u202e<style>@import "https://tracker.example/x.css"</style>',
];
export const PAYLOAD = PAYLOADS.join(' ');
/** Other than the hostile label: a label that holds the document's title stands alone. */
export const HOSTILE_TITLE = `Document ${PAYLOAD}`;

/** An answer of a server that has been taken over, as far as the schema lets it through. */
export function answerHostile(origin: string): AnswerEvent[] {
  const [genuine] = [cite(origin, 1, 'part-2-item-3', '扩大能源合作')];
  const citations = [
    { ...genuine, quote: PAYLOAD, label: PAYLOAD, url: `${origin}/documents/${DOCUMENT_ID}#"><script>globalThis.hacked = 1</script>` },
    { ...genuine, marker: 2, documentId: PAYLOAD, paragraphId: PAYLOAD, label: PAYLOAD, quote: PAYLOAD },
  ];
  const body: AnswerBody = {
    ...common,
    status: 'answered',
    generator: PAYLOAD,
    answer: `${PAYLOAD}[1] ${PAYLOAD}[2]`,
    citations,
    followUps: [PAYLOAD],
    documents: [
      { documentId: DOCUMENT_ID, title: HOSTILE_TITLE, language: '"><script>' },
      { documentId: PAYLOAD, title: HOSTILE_TITLE, language: 'zh' },
    ],
  };
  const forged = { ...genuine, marker: 3, url: 'javascript:globalThis.hacked=1' };
  return [
    { event: 'text-delta', data: { text: PAYLOAD } },
    { event: 'citation', data: forged },
    ...citations.map((data): AnswerEvent => ({ event: 'citation', data })),
    { event: 'answer-end', data: body },
  ];
}
