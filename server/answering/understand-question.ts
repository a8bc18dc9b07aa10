import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { backgroundWeight } from '../../ingest/text/background-frequency.ts';
import type { ConceptFinder } from '../../ingest/text/concept-names.ts';
import { conceptTerm, stemTerm } from '../../ingest/text/expand-meanings.ts';
import { normalizeText, toMainlandChinese } from '../../ingest/text/normalize-text.ts';
import { findProperNouns, segmentWords } from '../../ingest/text/segment-words.ts';
import { type AlphabeticLanguage, contentWords } from '../../ingest/text/stem-words.ts';
import { bigramsOf, unigramsOf, wordsOf } from '../../ingest/text/tokenize-text.ts';
import type { Language, Turn } from '../wire.ts';
import { detectLanguage } from './detect-language.ts';
import {
  type AskedFor,
  CHINESE_QUESTION_PHRASES,
  CHINESE_STOPWORDS,
  DOCUMENT_PATTERNS,
  SUMMARY_PATTERNS,
  whatIsAsked,
} from './question-phrases.ts';
import { findReference, type StructuralReference } from './resolve-reference.ts';

/**
 * Something the question names and an answer should name too. Any of `terms` found in a sentence counts as a match.
 * `essential`: a proper noun, year or number without which a sentence answers another question.
 */
export type QuestionUnit = { surface: string; weight: number; essential: boolean; terms: QueryTerm[] };

/** A question made ready for matching. */
export type UnderstoodQuestion = {
  language: Language;
  /** Terms for ranking, over all views. */
  terms: QueryTerm[];
  /** What evidence is weighed by. */
  units: QuestionUnit[];
  /** What is left for the embedding: the question as asked, or with the earlier question that it follows up. */
  embeddingText: string;
  reference?: StructuralReference;
  asksForSummary: boolean;
  asksFor: AskedFor;
  /** Asks for more of what was asked before (“还有呢？”), without naming anything itself. */
  asksForMore: boolean;
};

/** How much each view counts in ranking (retrieval study: bigrams 1, unigrams .6, words .5; meanings tuned on the tuning half). */
const VIEW_WEIGHTS = { bigram: 1, unigram: 0.6, word: 0.5, meaning: 1 };
/** A word inside a longer name counts less than the name: “river” in “transboundary river”. */
const PART_OF_NAME = 0.4;
/** What an earlier question still says about a follow-up. */
const EARLIER_QUESTION = 0.35;

const FOLLOW_UP =
  /^(?:那么?|还有|另外|再|而|and\b|what about|how about|also\b|а\b|а\s+(?:что|как)|и\b|ещё|еще|ал\b|тағы)|[它他她]们?|这个|那个|上述|\b(?:it|its|they|them|this|that|those|these)\b|呢[？?]?$/iu;

type Analysed = Pick<UnderstoodQuestion, 'terms' | 'units'>;

/** Turns a question into what matching needs. `history` resolves follow-ups; `language` overrides detection. */
export function understandQuestion(
  question: string,
  index: OpenIndex,
  history: readonly Turn[] = [],
  language?: Language,
): UnderstoodQuestion {
  const earlier = history.findLast(({ role }) => role === 'user')?.content;
  const detected = detectLanguage(question) ?? (earlier === undefined ? undefined : detectLanguage(earlier));
  const spoken = detected ?? language ?? 'zh-Hans';
  const normalised = normalizeText(toMainlandChinese(question));
  const reference = findReference(normalised);
  const summaryWords = SUMMARY_PATTERNS.some((pattern) => normalised.search(pattern) >= 0);
  const content = withoutFrame(normalised, reference);
  const own = analyse(content, question, spoken, index);
  const asksForSummary = own.units.length === 0 && (summaryWords || normalised.length > content.replace(/\s+/gu, '').length);

  const followsUp = earlier !== undefined && earlier !== question && (FOLLOW_UP.test(question.trim()) || own.units.length === 0);
  const inherited = followsUp && !(reference?.item !== undefined) ? understandEarlier(earlier, index) : undefined;
  return {
    language: language ?? spoken,
    terms: [...own.terms, ...(inherited?.terms ?? []).map((term) => ({ ...term, weight: term.weight * EARLIER_QUESTION }))],
    units: own.units.length > 0 ? own.units : (inherited?.units ?? []),
    embeddingText: inherited ? `${earlier} ${question}` : question,
    reference,
    asksForSummary: asksForSummary && !inherited?.units.length,
    asksFor: whatIsAsked(normalised),
    asksForMore: followsUp && own.units.length === 0 && reference === undefined,
  };
}

function understandEarlier(question: string, index: OpenIndex): Analysed {
  const normalised = normalizeText(toMainlandChinese(question));
  return analyse(withoutFrame(normalised, findReference(normalised)), question, detectLanguage(question) ?? 'zh-Hans', index);
}

/** The question without references by number, words for the document and phrases that only ask. */
function withoutFrame(normalised: string, reference: StructuralReference | undefined): string {
  let content = normalised;
  for (const matched of reference?.matched ?? []) content = content.replace(matched, ' ');
  for (const pattern of [...SUMMARY_PATTERNS, ...DOCUMENT_PATTERNS, CHINESE_QUESTION_PHRASES]) content = content.replace(pattern, ' ');
  return content;
}

function analyse(content: string, question: string, language: Language, index: OpenIndex): Analysed {
  const chinese = analyseChinese(content, index);
  const alphabetic = analyseAlphabetic(content, question, language === 'ru' || language === 'kk' ? language : 'en', index);
  return { terms: [...chinese.terms, ...alphabetic.terms], units: [...chinese.units, ...alphabetic.units] };
}

function analyseChinese(content: string, index: OpenIndex): Analysed {
  const words = wordsOf(content).filter((word) => /\p{Script=Han}/u.test(word) && !CHINESE_STOPWORDS.has(word));
  const kept = content.replace(/\p{Script=Han}+/gu, (run) => keepContent(run));
  const properNouns = new Set(findProperNouns(kept));
  const concepts = index.conceptFinder.inChinese(kept);
  const terms: QueryTerm[] = [
    ...[...bigramsOf(kept)].map(
      (term): QueryTerm => ({ view: 'bigram', term, weight: VIEW_WEIGHTS.bigram * Math.min(1, backgroundWeight(term)) }),
    ),
    ...[...unigramsOf(kept)].map((term): QueryTerm => ({ view: 'unigram', term, weight: VIEW_WEIGHTS.unigram * backgroundWeight(term) })),
    ...words.map((term): QueryTerm => ({ view: 'word', term, weight: VIEW_WEIGHTS.word * backgroundWeight(term) })),
    ...conceptTerms(concepts.map(({ concept }) => concept)),
  ];
  const units = words.map((word): QuestionUnit => {
    const named = concepts
      .filter(({ words: names }) => names.some((name) => name.includes(word) || word.includes(name)))
      .map(({ concept }) => concept);
    const matches: QueryTerm[] = [{ view: 'word', term: word, weight: 1 }, ...conceptTerms(named)];
    for (const bigram of bigramsOf(word)) matches.push({ view: 'bigram', term: bigram, weight: 1 / Math.max(1, word.length - 1) });
    return {
      surface: word,
      weight: rarity(matches, index) * backgroundWeight(word) ** 2,
      essential: properNouns.has(word),
      terms: matches,
    };
  });
  return { terms, units: distinct(units) };
}

/** A run of Han characters with its function words blanked, so that no bigram spans them. */
const keepContent = (run: string) =>
  segmentWords(run)
    .map((word) => (CHINESE_STOPWORDS.has(word) ? ' ' : word))
    .join('');

function analyseAlphabetic(content: string, question: string, language: AlphabeticLanguage, index: OpenIndex): Analysed {
  const words = contentWords(content, language);
  const concepts = findConcepts(index.conceptFinder, content, language);
  const named = new Map(concepts.flatMap(({ concept, words: names }) => names.map((name) => [name, concept])));
  const terms: QueryTerm[] = conceptTerms(concepts.map(({ concept }) => concept));
  const units: QuestionUnit[] = [];
  for (const [position, { surface, stem }] of words.entries()) {
    const concept = named.get(surface);
    const weight = concept === undefined ? 1 : PART_OF_NAME;
    const matches: QueryTerm[] = [
      { view: 'meaning', term: stemTerm(language, stem), weight: weight * VIEW_WEIGHTS.meaning },
      { view: 'word', term: surface, weight },
    ];
    terms.push(...matches.filter(({ view, term }) => index.chunkIndex.unitFrequency(view, term) > 0 || view === 'meaning'));
    const next = words[position + 1];
    if (next) terms.push(...knownPhrase(`${stem} ${next.stem}`, language, index));
    const unitTerms = concept === undefined ? matches : [...matches, ...conceptTerms([concept])];
    units.push({ surface, weight: rarity(unitTerms, index), essential: isName(surface, question, position), terms: unitTerms });
  }
  return { terms, units: distinct(units) };
}

/** A Kazakh question may hold Russian names; Russian and English ones are tried in their own language only. */
function findConcepts(finder: ConceptFinder, content: string, language: AlphabeticLanguage) {
  const found = finder.inAlphabetic(content, language);
  return language === 'kk' ? [...found, ...finder.inAlphabetic(content, 'ru')] : found;
}

function knownPhrase(phrase: string, language: AlphabeticLanguage, index: OpenIndex): QueryTerm[] {
  const term = stemTerm(language, phrase);
  return index.chunkIndex.unitFrequency('meaning', term) > 0 ? [{ view: 'meaning', term, weight: VIEW_WEIGHTS.meaning }] : [];
}

const conceptTerms = (concepts: string[]): QueryTerm[] =>
  [...new Set(concepts)].map((concept) => ({ view: 'meaning', term: conceptTerm(concept), weight: VIEW_WEIGHTS.meaning }));

/** Years and numbers, and words written with a capital inside the sentence, name something in particular. */
function isName(surface: string, question: string, position: number): boolean {
  if (/^\d+$/.test(surface)) return true;
  const capitalised = surface.charAt(0).toUpperCase() + surface.slice(1);
  return position > 0 && (question.includes(capitalised) || question.includes(surface.toUpperCase())) && !question.includes(surface);
}

/** How telling a unit is within the documents, 0…1: 1 where they never name it, near 0 where every sentence does. */
function rarity(terms: QueryTerm[], index: OpenIndex): number {
  const count = index.sentenceIndex.unitCount;
  const whole = terms.filter(({ view }) => view !== 'bigram');
  const frequency = Math.max(0, ...whole.map(({ view, term }) => index.sentenceIndex.unitFrequency(view, term)));
  return Math.log(1 + count / (frequency + 0.5)) / Math.log(1 + count / 0.5);
}

const distinct = (units: QuestionUnit[]): QuestionUnit[] => [...new Map(units.map((unit) => [unit.surface, unit])).values()];
