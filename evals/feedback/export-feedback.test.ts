import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptFolder, removeFolder } from '../../ingest/testing/temporary-folder.ts';
import type { FeedbackRecord, RatedAnswer } from '../../server/feedback/feedback-record.ts';
import { feedbackRecord } from '../../server/testing/feedback-records.ts';
import type { AskRequest } from '../../server/wire.ts';
import { type EvalCase, readEvalCases } from '../statement/eval-case.ts';
import { exportFeedback, type FeedbackExport } from './export-feedback.ts';
import type { EvalSet } from './read-eval-set.ts';

const EVAL_SET: EvalSet = { cases: [], paragraphs: new Map([['statement', new Set(['part-1-p1', 'part-1-p2'])]]) };
const common = { language: 'en' as const, generator: 'extractive', indexGeneration: '20260101000000-00000000' };

const citing = (asked: AskRequest, ...paragraphIds: string[]): RatedAnswer => ({
  ...common,
  asked,
  status: 'answered',
  cited: paragraphIds.map((paragraphId) => ({ documentId: 'statement', paragraphId })),
});
const declining = (asked: AskRequest): RatedAnswer => ({ ...common, asked, status: 'abstained', reason: 'off-topic' });
const rated = (rating: 'up' | 'down', answer?: RatedAnswer, answerId = 'a1'): FeedbackRecord => ({
  at: '2026-01-01T00:00:00.000Z',
  answerId,
  rating,
  answer,
});
const WHO: AskRequest = { question: 'Who signed?' };
const reviewOf = (...records: FeedbackRecord[]) => exportFeedback(records, EVAL_SET).toReview.map(({ why }) => why);

describe('what visitors approved of becomes a case', () => {
  test('that expects the paragraphs that were cited', () => {
    expect(exportFeedback([rated('up', citing(WHO, 'part-1-p2', 'part-1-p1'))], EVAL_SET)).toEqual({
      cases: {
        en: [
          {
            id: 'feedback-a1',
            kind: 'feedback',
            half: 'tuning',
            question: 'Who signed?',
            expect: { status: 'answered', paragraphs: ['part-1-p2', 'part-1-p1'] },
          },
        ],
      },
      toReview: [],
      alreadyAsked: 0,
      withoutAnswer: 0,
    });
  });

  test('that expects to be declined', () => {
    const { cases } = exportFeedback([rated('up', declining({ question: '今天天气怎么样？' }))], EVAL_SET);
    expect(cases).toMatchObject({ 'zh-Hans': [{ expect: { status: 'abstained' } }] });
  });

  test('with the turns that a follow-up needs', () => {
    const history = [{ role: 'user' as const, content: 'Trade?' }];
    expect(exportFeedback([rated('up', citing({ question: 'And energy?', history }, 'part-1-p1'))], EVAL_SET).cases.en?.[0]).toMatchObject({
      question: 'And energy?',
      history,
    });
  });

  test('in the language of the question, whatever language the visitor reads', () => {
    const { cases } = exportFeedback([rated('up', citing({ question: 'Кто подписал?', language: 'en' }, 'part-1-p1'))], EVAL_SET);
    expect(Object.keys(cases)).toEqual(['ru']);
  });

  test('once, by the answer that was rated first, however many rate it', () => {
    const records = ['a1', 'a2', 'a3'].map((answerId, number) =>
      rated(
        'up',
        citing({ ...WHO, ...(number === 1 ? { language: 'ru' } : {}), question: ` Who signed?${' '.repeat(number)}` }, 'part-1-p1'),
        answerId,
      ),
    );
    const { cases, toReview } = exportFeedback(records, EVAL_SET);
    expect({ ids: cases.en?.map(({ id }) => id), toReview }).toEqual({ ids: ['feedback-a1'], toReview: [] });
  });

  test('not where the eval set asks it already, of whichever half, and whatever the rating', () => {
    const known = (question: string): EvalCase => ({
      id: 'known',
      kind: 'fact',
      half: 'reporting',
      language: 'en',
      question,
      expect: { status: 'abstained', nearest: [] },
    });
    const records = [rated('up', citing(WHO, 'part-1-p1')), rated('down', citing({ question: 'When?' }, 'part-1-p1'), 'a2')];
    const exported = exportFeedback(records, { ...EVAL_SET, cases: [known('Who signed?'), known('When?')] });
    expect(exported).toEqual({ cases: {}, toReview: [], alreadyAsked: 2, withoutAnswer: 0 });
  });
});

describe('an editor is asked', () => {
  test('about what was rated down, with all that was said about it', () => {
    const record = { ...rated('down', citing(WHO, 'part-1-p1')), comment: 'that is the place, not the person' };
    expect(exportFeedback([record], EVAL_SET)).toMatchObject({
      cases: {},
      toReview: [{ why: 'rated-down', language: 'en', question: 'Who signed?', ratings: [record] }],
    });
  });

  test('where ratings contradict each other', () => {
    expect(reviewOf(rated('up', citing(WHO, 'part-1-p1')), rated('down', citing(WHO, 'part-1-p1'), 'a2'))).toEqual(['ratings-contradict']);
  });

  test('where answers differed that all were content with, but not in their order', () => {
    const first = rated('up', citing(WHO, 'part-1-p1', 'part-1-p2'));
    expect(reviewOf(first, rated('up', citing(WHO, 'part-1-p1'), 'a2'))).toEqual(['answers-differ']);
    expect(reviewOf(first, rated('up', declining(WHO), 'a2'))).toEqual(['answers-differ']);
    expect(reviewOf(first, rated('up', citing(WHO, 'part-1-p2', 'part-1-p1'), 'a2'))).toEqual([]);
  });

  test('where the evals have no such paragraph or document', () => {
    expect(reviewOf(rated('up', citing(WHO, 'part-9-p1')))).toEqual(['not-in-the-evals']);
    expect(reviewOf(rated('up', declining({ ...WHO, documentId: 'another' })))).toEqual(['not-in-the-evals']);
    expect(reviewOf(rated('up', declining({ ...WHO, documentId: 'statement' })))).toEqual([]);
  });

  test('not about answers that nobody remembers', () => {
    expect(exportFeedback([rated('up'), rated('down')], EVAL_SET)).toEqual({ cases: {}, toReview: [], alreadyAsked: 0, withoutAnswer: 2 });
  });
});

describe('laws of the export', () => {
  const documents = new Map([['first-document', new Set(['preamble-p1', 'part-1-p1'])]]);
  const evalSet: EvalSet = { cases: [], paragraphs: documents };

  /** Few questions, so that visitors often rate the same one. */
  const feedback = fc.array(
    fc.tuple(feedbackRecord, fc.constantFrom(undefined, 'Who?', '谁？', 'Кто？')).map(([record, question]): FeedbackRecord => {
      const { answer } = record;
      return answer && question !== undefined ? { ...record, answer: { ...answer, asked: { ...answer.asked, question } } } : record;
    }),
    { maxLength: 12 },
  );
  const casesOf = ({ cases }: FeedbackExport) => Object.values(cases).flat();
  const keyOf = ({ question, history = [] }: AskRequest) => JSON.stringify([question.trim(), history]);

  test('every question with a known answer is either one case or one to review', () => {
    fc.assert(
      fc.property(feedback, (records) => {
        const exported = exportFeedback(records, evalSet);
        const asked = new Set(records.flatMap(({ answer }) => (answer ? [keyOf(answer.asked)] : [])));
        const told = [...casesOf(exported), ...exported.toReview].map(keyOf);
        expect(told.toSorted()).toEqual([...asked].toSorted());
        expect(exported.toReview.flatMap(({ ratings }) => ratings)).toEqual(
          expect.arrayContaining(records.filter(({ rating, answer }) => answer && rating === 'down')),
        );
      }),
    );
  });

  test('rated again the same way, the cases stay as they are', () => {
    fc.assert(
      fc.property(feedback, (records) => {
        expect(exportFeedback([...records, ...records], evalSet).cases).toEqual(exportFeedback(records, evalSet).cases);
      }),
    );
  });

  test('more feedback never renames a case', () => {
    fc.assert(
      fc.property(feedback, feedback, (records, more) => {
        const idOf = new Map(casesOf(exportFeedback(records, evalSet)).map((evalCase) => [keyOf(evalCase), evalCase.id]));
        for (const evalCase of casesOf(exportFeedback([...records, ...more], evalSet)))
          expect(evalCase.id).toBe(idOf.get(keyOf(evalCase)) ?? evalCase.id);
      }),
    );
  });

  test('the eval set takes the cases as they are, knows them again, and refuses all that is to be reviewed', async () => {
    await fc.assert(
      fc.asyncProperty(feedback, async (records) => {
        const { cases, toReview } = exportFeedback(records, evalSet);
        const folder = await keptFolder();
        for (const [language, written] of Object.entries(cases))
          await writeFile(path.join(folder, `${language}.json`), JSON.stringify(written));
        const read = await readEvalCases(folder);
        expect(read.map(({ id }) => id).toSorted()).toEqual(
          casesOf({ cases, toReview, alreadyAsked: 0, withoutAnswer: 0 })
            .map(({ id }) => id)
            .toSorted(),
        );
        expect(exportFeedback(records, { ...evalSet, cases: read })).toMatchObject({ cases: {}, toReview, alreadyAsked: read.length });
        for (const entry of toReview) {
          await writeFile(path.join(folder, 'en.json'), JSON.stringify([entry]));
          await expect(readEvalCases(folder)).rejects.toThrow();
        }
        await removeFolder(folder);
      }),
      { numRuns: 50 },
    );
  });
});
