import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import { backgroundWeight, isGeneralWord } from '../../ingest/text/chinese/background-frequency.ts';
import { findProperNouns, segmentKnownWords, segmentWords } from '../../ingest/text/chinese/segment-words.ts';
import type { FoundConcept } from '../../ingest/text/concept-names.ts';
import { bigramsOf, unigramsOf } from '../../ingest/text/tokenize-text.ts';
import { CHINESE_STOPWORDS } from './question-phrases.ts';
import {
  type Analysis,
  conceptTerms,
  ESSENTIAL_WEIGHT,
  type QuestionIndex,
  type QuestionUnit,
  rarity,
  renderingTerms,
  toRank,
} from './question-unit.ts';

/** A shared dictionary gloss is weaker than a shared concept of the term base. */
const BRIDGE = 0.6;

/** The Chinese words of a question (normalised, its frame removed). */
export function analyseChinese(content: string, index: QuestionIndex): Analysis {
  if (!HAN.test(content)) return { terms: [], units: [] };
  const corrected = index.homophones.correct(content, isGeneralWord, (word) => CHINESE_STOPWORDS.has(word));
  const runs = corrected.match(/\p{Script=Han}+/gu) ?? [];
  const kept = runs.map(keepContent).join(' ');
  const properNouns = new Set(findProperNouns(kept));
  const concepts = index.conceptFinder.inChinese(kept);
  const words = [...new Set(segmentWords(kept).flatMap((word) => splitOddWord(word, index)))].filter(
    (word) => HAN.test(word) && !CHINESE_STOPWORDS.has(word) && !INTERROGATIVE.test(word),
  );
  const units = words.map((word) => chineseUnit(word, concepts, properNouns, index));
  units.push(...[...corrected.matchAll(COUNTRY_PAIR)].map(([pair]) => countryPairUnit(pair)));
  const weightOf = new Map(units.map(({ surface, weight }) => [surface, weight]));
  const terms = units.flatMap((unit) =>
    toRank(
      unit.terms.filter(({ view }) => view === 'meaning' || view === 'sound'),
      meaningShare(unit, index),
    ),
  );
  for (const run of kept.split(' ')) terms.push(...runTerms(run, weightOf, index));
  return { terms: distinctTerms(terms), units };
}

/** A word that the documents use finds them by itself; one that they lack has nothing but its meaning. */
const meaningShare = ({ surface }: QuestionUnit, index: QuestionIndex) => (isUsed(surface, index) ? 0.5 : 2);

const isUsed = (word: string, index: QuestionIndex) =>
  index.chunkIndex.unitFrequency('word', word) > 0 || (word.length === 2 && index.chunkIndex.unitFrequency('bigram', word) > 0);

/**
 * The segmenter makes words up where it knows none (上拉货能). One that neither the documents nor general text know is taken apart
 * again if a known word or a particle stands in it; else it may be a name.
 */
function splitOddWord(word: string, index: QuestionIndex): string[] {
  if (word.length < 2 || isGeneralWord(word) || isUsed(word, index)) return [word];
  const parts = segmentKnownWords(word);
  return parts.some((part) => CHINESE_STOPWORDS.has(part) || (part.length > 1 && part !== word)) ? parts : [word];
}

const HAN = /\p{Script=Han}/u;

/** 中俄, 中美, 俄哈: two countries by their abbreviations; the segmenter knows few of them as names. */
const COUNTRY_PAIR =
  /[中哈][俄美日韩朝印英法德欧蒙越乌吉塔土]|[俄美日韩朝印英法德欧蒙越乌吉塔土][中哈俄美日韩朝印英法德欧蒙越乌](?=[两双]|联合|关系|冲突|战争|贸易|声明|边境|之间|首脑|峰会|合作)/gu;

const countryPairUnit = (pair: string): QuestionUnit => ({
  surface: pair,
  weight: 1,
  essential: true,
  terms: [{ view: 'bigram', term: pair, weight: 1 }],
});

/** Question words that the segmenter leaves whole: 哪几天, 几种, 多少钱. */
const INTERROGATIVE = /^(?:[哪几][几个些种天年月日号次项]?|多[少久大]).?$/u;

function chineseUnit(word: string, concepts: FoundConcept[], properNouns: ReadonlySet<string>, index: QuestionIndex): QuestionUnit {
  const named = concepts
    .filter(({ words: names }) => names.some((name) => name.includes(word) || (word.length > 1 && word.includes(name))))
    .map(({ concept }) => concept);
  const terms: QueryTerm[] = word.length > 1 ? [{ view: 'word', term: word, weight: 1 }] : [{ view: 'unigram', term: word, weight: 1 }];
  terms.push(...conceptTerms(named), ...renderingTerms(word, index));
  for (const bigram of bigramsOf(word)) terms.push({ view: 'bigram', term: bigram, weight: 1 / Math.max(1, word.length - 1) });
  if (!isUsed(word, index))
    for (const [term, weight] of index.bridges.get(word) ?? []) terms.push({ view: 'meaning', term, weight: weight * BRIDGE });
  if (word.length > 2 && !isUsed(word, index) && named.length === 0)
    for (const { sound, likeness } of index.names.chinese(word)) terms.push({ view: 'sound', term: sound, weight: likeness });
  const isName = properNouns.has(word) || (word.length > 1 && named.some((concept) => index.conceptFinder.isName(concept)));
  const weight = rarity(terms, index, isName) * backgroundWeight(word) ** 2;
  return { surface: word, weight, essential: isName && weight >= ESSENTIAL_WEIGHT, terms };
}

/** Ranking terms of a run of characters: each bigram counts as much as the word it stands in, across words as the lesser one. */
function runTerms(run: string, weightOf: ReadonlyMap<string, number>, index: QuestionIndex): QueryTerm[] {
  const terms: QueryTerm[] = [];
  let previous: { character: string; weight: number } | undefined;
  for (const word of segmentWords(run)) {
    const weight = Math.sqrt(weightOf.get(word) ?? backgroundWeight(word) ** 2);
    // A long name is one thing, however many bigrams it has.
    const share = 1 / Math.sqrt(Math.max(1, word.length - 1));
    if (word.length > 1) terms.push(...toRank([{ view: 'word', term: word, weight }]));
    terms.push(...toRank(renderingTerms(word, index), weight));
    for (const term of bigramsOf(word)) terms.push(...toRank([{ view: 'bigram', term, weight: weight * share }]));
    for (const term of unigramsOf(word)) terms.push(...toRank([{ view: 'unigram', term, weight: weight * share }]));
    if (previous)
      terms.push(
        ...toRank([{ view: 'bigram', term: `${previous.character}${word.charAt(0)}`, weight: Math.min(previous.weight, weight) }]),
      );
    previous = { character: word.slice(-1), weight };
  }
  return terms;
}

/** A run of Han characters with its function words blanked, so that no bigram spans them. */
const keepContent = (run: string) =>
  segmentWords(run)
    .map((word) => (CHINESE_STOPWORDS.has(word) ? ' ' : word))
    .join('');

/** The same term from two units counts once, at its higher weight. */
const distinctTerms = (terms: QueryTerm[]): QueryTerm[] => [
  ...new Map(terms.toSorted((a, b) => a.weight - b.weight).map((term) => [`${term.view} ${term.term}`, term])).values(),
];
