import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import { backgroundWeight, isGeneralWord } from '../../ingest/text/chinese/background-frequency.ts';
import { isProperNoun, segmentKnownWords, segmentWords, tagWords } from '../../ingest/text/chinese/segment-words.ts';
import type { FoundConcept } from '../../ingest/text/concept-names.ts';
import { bigramsOf, unigramsOf } from '../../ingest/text/tokenize-text.ts';
import { CHINESE_STOPWORDS } from './question-phrases.ts';
import {
  type Analysis,
  conceptTerms,
  ESSENTIAL_WEIGHT,
  frequencyOf,
  type QuestionIndex,
  type QuestionUnit,
  rarity,
  renderingTerms,
  toRank,
} from './question-unit.ts';
import { IndexMemory } from './word-memory.ts';

/** A shared dictionary gloss is weaker than a shared concept of the term base. */
const BRIDGE = 0.6;

/** The Chinese words of a question (normalised, its frame removed). */
export function analyseChinese(content: string, index: QuestionIndex): Analysis {
  if (!HAN.test(content)) return { terms: [], units: [] };
  const corrected = index.homophones.correct(content, isGeneralWord, (word) => CHINESE_STOPWORDS.has(word));
  const runs = corrected.match(/\p{Script=Han}+/gu) ?? [];
  const kept = runs.map(keepContent).join(' ');
  const tagged = tagWords(kept);
  const properNouns = new Set(tagged.filter(isProperNoun).map(({ word }) => word));
  const concepts = index.conceptFinder.inChinese(kept);
  const words = [...new Set(tagged.flatMap(({ word }) => splitOddWord(word, index)))].filter(
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
  terms.push(...runTerms(tagged, weightOf, index));
  return { terms: distinctTerms(terms), units };
}

/** A word that the documents use finds them by itself; one that they lack has nothing but its meaning. */
const meaningShare = ({ surface }: QuestionUnit, index: QuestionIndex) => (reachOf(surface, index).isUsed ? 0.5 : 2);

/**
 * What is known of a word without the question that it stands in: whether the documents use it, and the terms by which it reaches them,
 * those of its meaning where they do not; `frequency` is that of `own`, `renderings` and `bridges`.
 */
type Reach = {
  isUsed: boolean;
  own: QueryTerm;
  renderings: QueryTerm[];
  bigrams: QueryTerm[];
  unigrams: string[];
  bridges: QueryTerm[];
  sounds: QueryTerm[];
  frequency: number;
};
const reaches = new IndexMemory<Reach>();

const reachOf = (word: string, index: QuestionIndex): Reach => reaches.recall(index, word, () => findReach(word, index));

function findReach(word: string, index: QuestionIndex): Reach {
  const { chunkIndex } = index;
  const isUsed = chunkIndex.unitFrequency('word', word) > 0 || (word.length === 2 && chunkIndex.unitFrequency('bigram', word) > 0);
  const own: QueryTerm = { view: word.length > 1 ? 'word' : 'unigram', term: word, weight: 1 };
  const renderings = renderingTerms(word, index);
  const share = 1 / Math.max(1, word.length - 1);
  const bigrams = Array.from(bigramsOf(word), (term): QueryTerm => ({ view: 'bigram', term, weight: share }));
  const meanings = isUsed ? [] : (index.bridges.get(word) ?? []);
  const bridges = meanings.map(([term, weight]): QueryTerm => ({ view: 'meaning', term, weight: weight * BRIDGE }));
  const alike = isUsed || word.length <= 2 ? [] : index.names.chinese(word);
  const sounds = alike.map(({ sound, likeness }): QueryTerm => ({ view: 'sound', term: sound, weight: likeness }));
  const frequency = frequencyOf([own, ...renderings, ...bridges], index);
  return { isUsed, own, renderings, bigrams, unigrams: [...unigramsOf(word)], bridges, sounds, frequency };
}

/**
 * The segmenter makes words up where it knows none (上拉货能). One that neither the documents nor general text know is taken apart
 * again if a known word or a particle stands in it; else it may be a name.
 */
function splitOddWord(word: string, index: QuestionIndex): string[] {
  if (word.length < 2 || isGeneralWord(word) || reachOf(word, index).isUsed) return [word];
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
  const { own, renderings, bigrams, bridges, sounds, frequency } = reachOf(word, index);
  const ofConcepts = conceptTerms(named);
  const heard = named.length === 0 ? sounds : [];
  const terms = [own, ...ofConcepts, ...renderings, ...bigrams, ...bridges, ...heard];
  const isName = properNouns.has(word) || (word.length > 1 && named.some((concept) => index.conceptFinder.isName(concept)));
  const weight =
    rarity(Math.max(frequency, frequencyOf(ofConcepts, index), frequencyOf(heard, index)), index, isName) * backgroundWeight(word) ** 2;
  return { surface: word, weight, essential: isName && weight >= ESSENTIAL_WEIGHT, terms };
}

/** Ranking terms of runs of characters: each bigram counts as much as the word it stands in, across words as the lesser one. */
function runTerms(words: readonly { word: string }[], weightOf: ReadonlyMap<string, number>, index: QuestionIndex): QueryTerm[] {
  const terms: QueryTerm[] = [];
  let previous: { character: string; weight: number } | undefined;
  for (const { word } of words) {
    if (!HAN.test(word)) {
      previous = undefined;
      continue;
    }
    const weight = Math.sqrt(weightOf.get(word) ?? backgroundWeight(word) ** 2);
    // A long name is one thing, however many bigrams it has.
    const share = 1 / Math.sqrt(Math.max(1, word.length - 1));
    const { renderings, bigrams, unigrams } = reachOf(word, index);
    const ranked: QueryTerm[] = word.length > 1 ? [{ view: 'word', term: word, weight }] : [];
    for (const { view, term } of renderings) ranked.push({ view, term, weight });
    for (const { view, term } of bigrams) ranked.push({ view, term, weight: weight * share });
    for (const term of unigrams) ranked.push({ view: 'unigram', term, weight: weight * share });
    terms.push(...toRank(ranked));
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
