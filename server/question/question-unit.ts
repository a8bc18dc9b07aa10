import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { HomophoneCorrector } from '../../ingest/text/chinese/correct-homophones.ts';
import type { SpellingCorrector } from '../../ingest/text/correct-spelling.ts';
import { conceptTerm, isConceptTerm } from '../../ingest/text/expand-meanings.ts';
import type { NameMatcher } from '../../ingest/text/name-sounds.ts';
import { catalogueOf } from './documents/document-catalogue.ts';

/** What reading a question needs of an index. */
export type QuestionIndex = Pick<OpenIndex, 'documents' | 'chunkIndex' | 'sentenceIndex' | 'conceptFinder'> & {
  bridges: Pick<OpenIndex['bridges'], 'get'>;
  spelling: Pick<SpellingCorrector, 'correct' | 'isWord' | 'isSlipFor'>;
  homophones: Pick<HomophoneCorrector, 'correct'>;
  names: Pick<NameMatcher, 'alphabetic' | 'chinese'>;
};

/**
 * Something the question names and an answer should name too. Any of `terms` found in a sentence counts as a match, as far as its
 * weight in 0…1 says. `isFocus`: what the question wants named. `essential`: a proper noun, year or number without which a sentence
 * answers another question.
 */
export type QuestionUnit = { surface: string; weight: number; essential: boolean; isFocus?: boolean; terms: QueryTerm[] };

/** What an analysis of a question yields: terms to rank by, units to weigh evidence by. */
export type Analysis = { terms: QueryTerm[]; units: QuestionUnit[] };

/** By what kind of knowledge a term leads from the question to the documents. */
export const TERM_SOURCES = ['bigram', 'unigram', 'word', 'gloss', 'concept', 'rendering', 'keyword', 'sound'] as const;
export type TermSource = (typeof TERM_SOURCES)[number];

export const sourceOf = ({ view, term }: QueryTerm): TermSource =>
  view === 'meaning' ? (isConceptTerm(term) ? 'concept' : 'gloss') : view;

/**
 * How much each source counts in ranking. Found by coordinate ascent over recall@1, recall@5 and MRR of the tuning
 * halves of the statement and of XQuAD together.
 */
const RANKING_WEIGHTS: Record<TermSource, number> = {
  bigram: 0.3,
  unigram: 0.9,
  word: 1.2,
  gloss: 1.4,
  concept: 1.2,
  rendering: 2,
  keyword: 2,
  sound: 1.4,
};

/** Terms of evidence as terms to rank by. */
export const toRank = (terms: readonly QueryTerm[], scale = 1): QueryTerm[] =>
  terms.map((ranked) => {
    const { view, term, weight } = ranked;
    return { view, term, weight: weight * scale * RANKING_WEIGHTS[sourceOf(ranked)] };
  });

/** A term of the rendering and keyword views, where they have it: documents without them must not look poorer for that. */
export const renderingTerms = (term: string, index: QuestionIndex): QueryTerm[] =>
  (['rendering', 'keyword'] as const)
    .filter((view) => index.chunkIndex.unitFrequency(view, term) > 0)
    .map((view) => ({ view, term, weight: 1 }));

/** A name that most of the documents' sentences share (the parties) does not tell one answer from another. */
export const ESSENTIAL_WEIGHT = 0.4;

/** A word that the documents never use may be a turn of phrase as well as the heart of the question: half of a name's weight. */
const UNKNOWN_WORD = 0.45;

/** In how many sentences the most frequent of these terms stands, apart from bigrams. */
export function frequencyOf(terms: readonly QueryTerm[], index: QuestionIndex): number {
  let frequency = 0;
  for (const { view, term } of terms) if (view !== 'bigram') frequency = Math.max(frequency, index.sentenceIndex.unitFrequency(view, term));
  return frequency;
}

/**
 * How telling a unit is within the documents, 0…1: near 0 where every sentence names it, 1 for a name they never mention.
 * @param frequency of its terms, see `frequencyOf`
 */
export function rarity(frequency: number, index: QuestionIndex, isName: boolean): number {
  const count = index.sentenceIndex.unitCount;
  if (frequency === 0 && !isName) return UNKNOWN_WORD;
  return Math.log(1 + count / (frequency + 0.5)) / Math.log(1 + count / 0.5);
}

export const conceptTerms = (concepts: string[]): QueryTerm[] =>
  [...new Set(concepts)].map((concept) => ({ view: 'meaning', term: conceptTerm(concept), weight: 1 }));

/** The year of the documents themselves tells none of their sentences apart. */
export const isDocumentYear = (word: string, index: QuestionIndex) => catalogueOf(index).isOnlyYear(word);

/**
 * Events that undo or deny: who asks about one takes it for granted, and a text that never names it says nothing of the kind.
 */
const CONTRARY =
  /^(?:取消|拒绝|退出|撤销|撤回|终止|暂停|关闭|废除|废止|搬迁|迁走|迁到|解散|推迟|撕毁|中断|破裂|吞并|断交|制裁|驱逐|禁止|cancel|refus|reject|withdr[ae]w|suspend|terminat|abolish|postpon|relocat|dissol|annex|sanction|expel|ban(?:s|ned)?$|отмен|отказ|прекра[тщ]|приостан|расторг|отлож|закры|аннексир|запре[тщ]|тоқтат|кейінге|жабыл|жабуға)/u;

export const isContrary = (word: string): boolean => CONTRARY.test(word);

/** Units by their surface, each once: the first of the same surface stays. */
export const distinct = (units: QuestionUnit[]): QuestionUnit[] =>
  [...new Map(units.toReversed().map((unit) => [unit.surface, unit])).values()].toReversed();
