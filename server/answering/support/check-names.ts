import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { isGeneralWord } from '../../../ingest/text/chinese/background-frequency.ts';
import { isAbbreviation, isPerson, isProperNoun, type TaggedWord, tagWords } from '../../../ingest/text/chinese/segment-words.ts';
import type { FoundConcept } from '../../../ingest/text/concept-names.ts';
import { stemTerm } from '../../../ingest/text/expand-meanings.ts';
import { type AlphabeticLanguage, type AlphabeticWord, contentWords } from '../../../ingest/text/stem-words.ts';
import { bigramsOf } from '../../../ingest/text/tokenize-text.ts';

/** What an index knows of names. */
export type NameVocabulary = Pick<OpenIndex, 'conceptFinder' | 'chunkIndex' | 'names' | 'spelling'>;

/** A sentence or its evidence: `text` as written, for its capitals, and its normalised copy. */
type Written = { text: string; normalised: string };

const HAN_RUN = /\p{Script=Han}+/gu;
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
/** Countries by their abbreviations, which the term base lacks: 日方, 中俄. */
const COUNTRY = /[俄美日韩朝印英法德欧蒙越乌吉塔土]方|[中哈][俄美日韩朝印英法德欧蒙越乌吉塔土]/gu;
/** A sentence with more words in capitals is none, and each costs a comparison with every name of the documents. */
const MOST_NAMES = 40;
const KAZAKH_LETTER = /[әіңғүұқөһ]/u;
const WORD = /[\p{Script=Latin}\p{Script=Cyrillic}][\p{Script=Latin}\p{Script=Cyrillic}\p{M}]*/gu;
const CAPITAL = /^\p{Lu}/u;
const ALL_CAPITALS = /^\p{Lu}{2,}$/u;

/**
 * Whether every name in a sentence stands in the evidence, in whatever language: places, what is written with a capital, and
 * what the segmenter takes for a person's or an organisation's name.
 */
export function namesAreCited(sentence: Written, evidence: string, vocabulary: NameVocabulary): boolean {
  // Most names stand in the evidence to the letter: its concepts are looked for when one does not.
  let concepts: ReadonlySet<string> | undefined;
  const told: ConceptsTold = () => {
    concepts ??= findConcepts(evidence, vocabulary);
    return concepts;
  };
  if (!chineseNames(sentence.normalised, vocabulary).every((name) => isToldInChinese(name, evidence, told, vocabulary))) return false;
  if (LATIN.test(sentence.normalised) && !alphabeticNamesAreCited('en', sentence, evidence, told, vocabulary)) return false;
  const cyrillic = KAZAKH_LETTER.test(sentence.normalised) ? 'kk' : 'ru';
  return !CYRILLIC.test(sentence.normalised) || alphabeticNamesAreCited(cyrillic, sentence, evidence, told, vocabulary);
}

type ConceptsTold = () => ReadonlySet<string>;

function findConcepts(evidence: string, { conceptFinder }: NameVocabulary): ReadonlySet<string> {
  const found = conceptFinder.inChinese(evidence);
  if (LATIN.test(evidence)) found.push(...conceptFinder.inAlphabetic(contentWords(evidence, 'en'), 'en'));
  if (CYRILLIC.test(evidence))
    for (const language of ['ru', 'kk'] as const) found.push(...conceptFinder.inAlphabetic(contentWords(evidence, language), language));
  return new Set(found.map(({ concept }) => concept));
}

function chineseNames(text: string, { conceptFinder, chunkIndex }: NameVocabulary): string[] {
  const isUnused = (word: string) => [...bigramsOf(word)].every((bigram) => chunkIndex.unitFrequency('bigram', bigram) === 0);
  // The segmenter takes many pairs of characters for names (两国, 海关): those that the documents use are believed to be none.
  const isBelieved = (noun: TaggedWord) => (noun.word.length > 2 && (isPerson(noun) || isGeneralWord(noun.word))) || isUnused(noun.word);
  return (text.match(HAN_RUN) ?? []).flatMap((run) => {
    const places = conceptFinder.inChinese(run).filter(({ concept }) => conceptFinder.isName(concept));
    const nouns = tagWords(run).filter((noun) => isProperNoun(noun) || isAbbreviation(noun) || isPerson(noun));
    return [...places.flatMap(({ words }) => words), ...nouns.filter(isBelieved).map(({ word }) => word), ...(run.match(COUNTRY) ?? [])];
  });
}

function isToldInChinese(name: string, evidence: string, told: ConceptsTold, { conceptFinder }: NameVocabulary): boolean {
  return (
    evidence.includes(name) ||
    conceptFinder
      .inChinese(name)
      .some(({ concept, words }) => (conceptFinder.isName(concept) || words.includes(name)) && told().has(concept))
  );
}

function alphabeticNamesAreCited(
  language: AlphabeticLanguage,
  { text, normalised }: Written,
  evidence: string,
  told: ConceptsTold,
  vocabulary: NameVocabulary,
): boolean {
  const { conceptFinder, names } = vocabulary;
  const { written, inside } = capitalisedWords(text);
  if (written.size > MOST_NAMES) return false;
  const words = contentWords(normalised, language);
  const named = namesByWords(conceptFinder.inAlphabetic(words, language));
  const isLiteral = (word: string) => evidence.includes(word);
  const hears = names.listenTo(evidence);
  const settled = new Set<string>();
  for (const { words: run, concepts } of named) {
    // Russian has words like names: деле, the locative of дело, is Delhi, too.
    const isPlace =
      concepts.some((concept) => conceptFinder.isName(concept)) && (language === 'en' || run.some((word) => written.has(word)));
    const isPerson = run.every((word) => written.has(word) && names.alphabetic(word, language).length > 0);
    if (!isPlace && !isPerson) continue;
    const isTold =
      concepts.some((concept) => told().has(concept)) || run.every((word) => isLiteral(word) || (!isPlace && hears(word, language)));
    if (!isTold) return false;
    for (const word of run) settled.add(word);
  }
  const inNames = new Set(named.flatMap(({ words: run }) => run));
  const mayName = ({ surface, stem }: AlphabeticWord) =>
    inside.has(surface) || (written.has(surface) && (inNames.has(surface) || isUnknown(stem, language, vocabulary)));
  return words.every(
    (word) =>
      settled.has(word.surface) ||
      !mayName(word) ||
      isLiteral(word.surface) ||
      isReached(stemTerm(language, word.stem), vocabulary) ||
      hears(word.surface, language),
  );
}

/** A name may belong to several concepts. */
function namesByWords(found: readonly FoundConcept[]): { words: string[]; concepts: string[] }[] {
  const named = new Map<string, { words: string[]; concepts: string[] }>();
  for (const { concept, words } of found) {
    const key = words.join(' ');
    named.set(key, { words, concepts: [...(named.get(key)?.concepts ?? []), concept] });
  }
  return [...named.values()];
}

/** Whether an English word that opens a sentence is in no dictionary: it is a name, then. */
const isUnknown = (stem: string, language: AlphabeticLanguage, { spelling }: NameVocabulary) =>
  language === 'en' && !spelling.isWord(stem, language);

/** Whether some document is reached by the word: it is no name that they do not know. */
const isReached = (term: string, { chunkIndex }: NameVocabulary) =>
  chunkIndex.unitFrequency('meaning', term) > 0 || chunkIndex.unitFrequency('rendering', term) > 0;

/** The words, in lower case, that are written with a capital: all of them, and those that open no sentence or are capitals alone. */
function capitalisedWords(sentence: string): { written: ReadonlySet<string>; inside: ReadonlySet<string> } {
  const words = [...sentence.normalize('NFKC').matchAll(WORD)].map(([word], place) => ({
    word: word.toLowerCase().replaceAll('ё', 'е'),
    isCapital: CAPITAL.test(word),
    isInside: ALL_CAPITALS.test(word) || (place > 0 && CAPITAL.test(word)),
  }));
  return {
    written: new Set(words.filter(({ isCapital }) => isCapital).map(({ word }) => word)),
    inside: new Set(words.filter(({ isInside }) => isInside).map(({ word }) => word)),
  };
}
