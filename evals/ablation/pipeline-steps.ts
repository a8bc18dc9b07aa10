import type { AnsweringDependencies } from '../../server/answering/answer-question.ts';
import { type QuestionIndex, sourceOf, TERM_SOURCES } from '../../server/question/question-unit.ts';
import { type UnderstoodQuestion, understandQuestion } from '../../server/question/understand-question.ts';

type Understand = NonNullable<AnsweringDependencies['understand']>;

/** A step of the pipeline, and how questions are read without it. */
export type PipelineStep = { name: string; without: Understand };

/** Reads a question as usual, then takes away what the step gave. */
const afterwards =
  (takeAway: (question: UnderstoodQuestion) => UnderstoodQuestion): Understand =>
  (...given) =>
    takeAway(understandQuestion(...given));

/** Reads a question with a poorer index. */
const knowing =
  (poorer: (index: QuestionIndex) => QuestionIndex): Understand =>
  (question, index, ...given) =>
    understandQuestion(question, poorer(index), ...given);

const termSteps = TERM_SOURCES.map(
  (source): PipelineStep => ({
    name: `terms: ${source}`,
    without: afterwards((question) => ({
      ...question,
      terms: question.terms.filter((term) => sourceOf(term) !== source),
      units: question.units.map((unit) => ({ ...unit, terms: unit.terms.filter((term) => sourceOf(term) !== source) })),
    })),
  }),
);

/** Steps whose absence can be told by what it takes from the understood question. */
export const PIPELINE_STEPS: readonly PipelineStep[] = [
  ...termSteps,
  { name: 'vectors', without: afterwards((question) => ({ ...question, embeddingText: '' })) },
  {
    name: 'homophone slips',
    without: knowing((index) => ({ ...index, homophones: { correct: (text: string) => text } })),
  },
  {
    name: 'spelling of stems',
    without: knowing((index) => ({
      ...index,
      spelling: { correct: () => undefined, isWord: () => false, isSlipFor: () => false },
    })),
  },
  { name: 'bridges over shared glosses', without: knowing((index) => ({ ...index, bridges: new Map() })) },
  { name: 'earlier turns', without: (question, index, _history, language) => understandQuestion(question, index, [], language) },
  {
    name: 'facets',
    without: afterwards((question) => ({ ...question, facets: [question.units.map((_, at) => at)] })),
  },
  { name: 'kinds of answer', without: afterwards((question) => ({ ...question, asksFor: [] })) },
  {
    name: 'focus',
    without: afterwards((question) => ({ ...question, units: question.units.map((unit) => ({ ...unit, isFocus: false })) })),
  },
  {
    name: 'names and numbers required',
    without: afterwards((question) => ({ ...question, units: question.units.map((unit) => ({ ...unit, essential: false })) })),
  },
  {
    name: 'lists and summaries',
    without: afterwards((question) => ({ ...question, breadth: 'fact', asksForSection: false })),
  },
  { name: 'places by number', without: afterwards(({ reference: _reference, ...question }) => question) },
  { name: 'orders and opinions', without: afterwards((question) => ({ ...question, isNoQuestion: false })) },
  { name: 'other documents', without: afterwards((question) => ({ ...question, asksAboutOtherDocument: false })) },
];
