import type { Annotation, DocumentBody, DocumentSummary, QuestionsBody } from '../../../wire.ts';

const STATEMENT = 'china-kazakhstan-joint-statement-2019';
const SERVER = 'https://youju.example';
const PAGE = `${SERVER}/documents/${STATEMENT}`;

export const SUMMARY: DocumentSummary = {
  documentId: STATEMENT,
  title: '中华人民共和国和哈萨克斯坦共和国联合声明',
  date: '2019-09-11',
  place: '北京',
  language: 'zh-Hans',
  url: PAGE,
  sha256: '3ccd54f3bd60d5e908de593e5a74f94040c45da219f20e550ccaa8edd0ea0905',
};

/** The first of many paragraphs. */
export const FIRST_PARAGRAPH: DocumentBody = {
  ...SUMMARY,
  paragraphs: [
    {
      paragraphId: 'preamble-p1',
      label: '序言第1段',
      text: '应中华人民共和国主席习近平邀请，哈萨克斯坦共和国总统卡西姆若马尔特·克梅列维奇·托卡耶夫于2019年9月10日至12日对中华人民共和国进行国事访问。',
      start: 70,
      end: 144,
    },
  ],
};

export const QUESTIONS: QuestionsBody = {
  questions: [
    'How will the two sides cooperate on energy?',
    'How is the Khorgos cooperation centre to be run?',
    'In which languages was the statement written?',
  ],
};

const exact = '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。';
const prefix = '发展。制定《中哈经贸合作发展规划》，推动双边经贸合作高质量发展。';

export const EXPO_ANNOTATION: Annotation = {
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  id: `${SERVER}/api/documents/${STATEMENT}/paragraphs/part-2-item-1/annotation?start=101&end=144`,
  type: 'Annotation',
  motivation: 'highlighting',
  target: [
    {
      type: 'SpecificResource',
      source: `${PAGE}/source.txt`,
      selector: [
        { type: 'TextQuoteSelector', exact, prefix, suffix: '\u3000\u3000（二）深化产能与投资合作。充分发挥中哈产能与投资对话合作机制' },
        { type: 'TextPositionSelector', start: 2015, end: 2058 },
      ],
    },
    {
      type: 'SpecificResource',
      source: PAGE,
      selector: {
        type: 'FragmentSelector',
        conformsTo: 'http://tools.ietf.org/rfc/rfc3236',
        value: 'part-2-item-1',
        refinedBy: { type: 'TextQuoteSelector', exact, prefix, suffix: '' },
      },
    },
  ],
};
