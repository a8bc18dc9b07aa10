import fc from 'fast-check';
import type { FeedbackRecord, RatedAnswer } from '../feedback/feedback-record.ts';

/** Any text that the wire lets through: well-formed, whatever else it is. */
export const anyText = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc
      .constantFrom('</script>', 'a\nb\r\nc', '\u2028\u2029\u0085', '"}\n{"at":', '\\', '\u0000')
      .filter((text) => text.length <= maxLength),
  );

const question = anyText(40).filter((text) => text.trim() !== '');
const turn = fc.record({ role: fc.constantFrom('user' as const, 'assistant' as const), content: anyText(40) });
const language = fc.constantFrom('zh-Hans' as const, 'zh-Hant' as const, 'en' as const, 'ru' as const, 'kk' as const);
const documentId = fc.constantFrom('first-document', 'second-document');
const paragraphId = fc.constantFrom('preamble-p1', 'part-1-p1', 'part-1-p2');

const common = {
  asked: fc.record({ question, history: fc.array(turn, { maxLength: 2 }), language, documentId }, { requiredKeys: ['question'] }),
  language,
  generator: fc.constant('extractive'),
  indexGeneration: fc.constant('20260101000000-00000000'),
};

const ratedAnswer: fc.Arbitrary<RatedAnswer> = fc.oneof(
  fc.record({
    ...common,
    status: fc.constant('answered' as const),
    cited: fc.uniqueArray(fc.record({ documentId, paragraphId }), {
      minLength: 1,
      maxLength: 3,
      selector: (place) => JSON.stringify(place),
    }),
  }),
  fc.record({ ...common, status: fc.constant('abstained' as const), reason: fc.constant('no-evidence') }),
);

const rating = fc.constantFrom('up' as const, 'down' as const);

/** Records as the server may write them. */
export const feedbackRecord: fc.Arbitrary<FeedbackRecord> = fc.record(
  { at: fc.constant('2026-01-01T00:00:00.000Z'), answerId: fc.uuid(), rating, comment: anyText(60), answer: ratedAnswer },
  { requiredKeys: ['at', 'answerId', 'rating'] },
);
