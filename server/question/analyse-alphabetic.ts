import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import { stemTerm } from '../../ingest/text/expand-meanings.ts';
import { type AlphabeticLanguage, type AlphabeticWord, contentWords, stopwordsOf } from '../../ingest/text/stem-words.ts';
import type { Language } from '../wire.ts';
import {
  type Analysis,
  conceptTerms,
  distinct,
  ESSENTIAL_WEIGHT,
  frequencyOf,
  type QuestionIndex,
  type QuestionUnit,
  rarity,
  renderingTerms,
  toRank,
} from './question-unit.ts';
import { IndexMemory } from './word-memory.ts';

/** A word inside a longer name counts less than the name: “river” in “transboundary river”. */
const PART_OF_NAME = 0.4;

type AlphabeticText = { language: AlphabeticLanguage; words: AlphabeticWord[] };

/**
 * The content words of a text in the language whose words these are. Cyrillic may be Kazakh typed on a Russian keyboard, or a question that
 * mixes both: the language that knows more of the words is taken.
 */
function readAlphabetic(content: string, language: Language, index: QuestionIndex): AlphabeticText {
  const readAs = (candidate: AlphabeticLanguage): AlphabeticText => ({ language: candidate, words: contentWords(content, candidate) });
  if (!/\p{Script=Cyrillic}/u.test(content)) return readAs('en');
  const known = ({ language: candidate, words }: AlphabeticText) => words.filter(({ stem }) => isKnownStem(stem, candidate, index)).length;
  const [first, second] = language === 'kk' ? [readAs('kk'), readAs('ru')] : [readAs('ru'), readAs('kk')];
  return known(second) > known(first) ? second : first;
}

/** A memory for each language: to put a key of language and word together takes longer than to look it up. */
const memoryOfEach = <Found extends object>(): Record<AlphabeticLanguage, IndexMemory<Found>> => ({
  en: new IndexMemory(),
  ru: new IndexMemory(),
  kk: new IndexMemory(),
});

const knownStems = memoryOfEach<{ isKnown: boolean }>();

const isKnownStem = (stem: string, language: AlphabeticLanguage, index: QuestionIndex): boolean =>
  knownStems[language].recall(index, stem, () => ({ isKnown: findStem(stem, language, index) })).isKnown;

const findStem = (stem: string, language: AlphabeticLanguage, index: QuestionIndex): boolean =>
  index.chunkIndex.unitFrequency('meaning', stemTerm(language, stem)) > 0 ||
  index.chunkIndex.unitFrequency('rendering', stemTerm(language, stem)) > 0 ||
  index.chunkIndex.unitFrequency('keyword', stemTerm(language, stem)) > 0 ||
  index.conceptFinder.knowsStem(stem, language);

/**
 * For words of an alphabetic language the stems say nearly all that concepts say, so these count little (recall@1 of English
 * questions about Chinese paragraphs .74 instead of .70).
 */
const CONCEPT_SHARE = 0.12;

/**
 * The English, Russian or Kazakh words of a question.
 * @param content normalised, its frame removed
 * @param question as asked, which shows its capitals
 * @param spoken the language that it seems to be in
 */
export function analyseAlphabetic(content: string, question: string, spoken: Language, index: QuestionIndex): Analysis {
  const { language, words: read } = readAlphabetic(content, spoken, index);
  const words = read.flatMap((word) => readWord(word, language, index) ?? []);
  const concepts = index.conceptFinder.inAlphabetic(words, language);
  const terms: QueryTerm[] = toRank(conceptTerms(concepts.map(({ concept }) => concept)), CONCEPT_SHARE);
  const units: QuestionUnit[] = [];
  for (const [position, word] of words.entries()) {
    if (/^\d+$/.test(word.surface)) continue;
    const named = concepts.filter(({ words: name }) => name.includes(word.surface));
    const isName = isCapitalised(word.surface, question, position);
    terms.push(...word.ranking[named.some(({ words: name }) => name.length > 1) ? 'inName' : 'alone']);
    const next = words[position + 1];
    if (next) terms.push(...knownPhrase(`${word.stem} ${next.stem}`, language, index));
    const ofConcepts = conceptTerms(named.map(({ concept }) => concept));
    const isProper =
      (isName && (named.length > 0 || language === 'en')) || named.some(({ concept }) => index.conceptFinder.isName(concept));
    const rare = rarity(Math.max(word.frequency, frequencyOf(ofConcepts, index)), index, isProper);
    const essential = isProper && rare >= ESSENTIAL_WEIGHT;
    units.push({ surface: word.surface, weight: rare, essential, terms: [...word.terms, ...ofConcepts] });
  }
  return { terms, units: distinct(units) };
}

/**
 * A word as it was meant, and how it reaches the documents: its terms, in how many sentences the most frequent of them stands, and what it
 * ranks by.
 */
type ReadWord = AlphabeticWord & { terms: QueryTerm[]; frequency: number; ranking: Record<'alone' | 'inName', QueryTerm[]> };

/** By the word as it was written; nothing where it was meant for one that says nothing. To compare it with every name of the documents is dear. */
const readings = memoryOfEach<{ word: ReadWord | undefined }>();

const readWord = (word: AlphabeticWord, language: AlphabeticLanguage, index: QuestionIndex): ReadWord | undefined =>
  readings[language].recall(index, word.surface, () => ({
    word: isMisspeltFrame(word, language, index) ? undefined : reachOf(correctSpelling(word, language, index), language, index),
  })).word;

function reachOf(word: AlphabeticWord, language: AlphabeticLanguage, index: QuestionIndex): ReadWord {
  const terms = wordTerms(word, language, index);
  const ranking = { alone: toRank(terms), inName: toRank(terms, PART_OF_NAME) };
  return { ...word, terms, frequency: frequencyOf(terms, index), ranking };
}

/** All by which one word reaches the documents: itself, its translations, renderings, and names that sound like it. */
function wordTerms({ surface, stem }: AlphabeticWord, language: AlphabeticLanguage, index: QuestionIndex): QueryTerm[] {
  const term = stemTerm(language, stem);
  const terms: QueryTerm[] = [{ view: 'meaning', term, weight: 1 }, ...renderingTerms(term, index)];
  if (index.chunkIndex.unitFrequency('word', surface) > 0) terms.push({ view: 'word', term: surface, weight: 1 });
  // A name that is known as such is no other name: Uzbekistan sounds much like Kazakhstan.
  if (!(isKnownStem(stem, language, index) || index.spelling.isWord(stem, language))) {
    for (const { sound, likeness } of index.names.alphabetic(surface, language))
      terms.push({ view: 'sound', term: sound, weight: likeness });
  }
  return terms;
}

/** Words for the document that are left out like the little words of a language. */
const FRAME = ['statement', 'declaration', 'document'];

const isMisspeltFrame = ({ surface, stem }: AlphabeticWord, language: AlphabeticLanguage, index: QuestionIndex) =>
  !isKnownStem(stem, language, index) &&
  !index.spelling.isWord(stem, language) &&
  index.spelling.isSlipFor(surface, language, [...FRAME, ...stopwordsOf(language)]);

/** A word that leads nowhere is read as the nearest one that does. */
function correctSpelling(word: AlphabeticWord, language: AlphabeticLanguage, index: QuestionIndex): AlphabeticWord {
  const corrected = isKnownStem(word.stem, language, index) ? undefined : index.spelling.correct(word.stem, language);
  return corrected === undefined ? word : { ...word, stem: corrected };
}

const phrases = memoryOfEach<QueryTerm[]>();

const knownPhrase = (phrase: string, language: AlphabeticLanguage, index: QuestionIndex): QueryTerm[] =>
  phrases[language].recall(index, phrase, () => phraseTerms(phrase, language, index));

function phraseTerms(phrase: string, language: AlphabeticLanguage, index: QuestionIndex): QueryTerm[] {
  const term = stemTerm(language, phrase);
  const glosses: QueryTerm[] = index.chunkIndex.unitFrequency('meaning', term) > 0 ? [{ view: 'meaning', term, weight: 1 }] : [];
  return toRank([...glosses, ...renderingTerms(term, index)]);
}

/** A word written with a capital inside the sentence names something in particular. */
function isCapitalised(surface: string, question: string, position: number): boolean {
  const capitalised = surface.charAt(0).toUpperCase() + surface.slice(1);
  return position > 0 && (question.includes(capitalised) || question.includes(surface.toUpperCase())) && !question.includes(surface);
}
