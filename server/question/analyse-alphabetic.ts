import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { stemTerm } from '../../ingest/text/expand-meanings.ts';
import { type AlphabeticLanguage, type AlphabeticWord, contentWords } from '../../ingest/text/stem-words.ts';
import type { Language } from '../wire.ts';
import { type Analysis, conceptTerms, distinct, ESSENTIAL_WEIGHT, type QuestionUnit, rarity, renderingTerms, VIEW_WEIGHTS } from './question-unit.ts';

/** A word inside a longer name counts less than the name: “river” in “transboundary river”. */
const PART_OF_NAME = 0.4;

/**
 * The language whose words these are. Cyrillic may be Kazakh typed on a Russian keyboard, or a question that mixes both: the
 * language that knows more of the words is taken.
 */
export function alphabeticLanguage(content: string, language: Language, index: OpenIndex): AlphabeticLanguage {
  if (!/\p{Script=Cyrillic}/u.test(content)) return 'en';
  const known = (candidate: AlphabeticLanguage) =>
    contentWords(content, candidate).filter(({ stem }) => isKnownStem(stem, candidate, index)).length;
  const [first, second] = language === 'kk' ? (['kk', 'ru'] as const) : (['ru', 'kk'] as const);
  return known(second) > known(first) ? second : first;
}

const isKnownStem = (stem: string, language: AlphabeticLanguage, index: OpenIndex) =>
  index.chunkIndex.unitFrequency('meaning', stemTerm(language, stem)) > 0 ||
  index.chunkIndex.unitFrequency('rendering', stemTerm(language, stem)) > 0 || index.conceptFinder.knowsStem(stem, language);

/** The English, Russian or Kazakh words of a question (normalised, its frame removed); `question` as asked shows its capitals. */
export function analyseAlphabetic(content: string, question: string, language: AlphabeticLanguage, index: OpenIndex): Analysis {
  const words = contentWords(content, language).map((word) => correctSpelling(word, language, index));
  const concepts = index.conceptFinder.inAlphabetic(words, language);
  const namesWith = (surface: string) => concepts.filter(({ words: names }) => names.includes(surface));
  const terms: QueryTerm[] = conceptTerms(concepts.map(({ concept }) => concept));
  const units: QuestionUnit[] = [];
  for (const [position, { surface, stem }] of words.entries()) {
    if (/^\d+$/.test(surface)) continue;
    const names = namesWith(surface);
    const weight = names.some(({ words: name }) => name.length > 1) ? PART_OF_NAME : 1;
    const matches: QueryTerm[] = [
      { view: 'meaning', term: stemTerm(language, stem), weight: weight * VIEW_WEIGHTS.meaning },
      { view: 'word', term: surface, weight },
      ...renderingTerms(stemTerm(language, stem), weight, index),
    ];
    terms.push(...matches.filter(({ view, term }) => index.chunkIndex.unitFrequency(view, term) > 0 || view === 'meaning'));
    const next = words[position + 1];
    if (next) terms.push(...knownPhrase(`${stem} ${next.stem}`, language, index));
    const unitTerms = [...matches, ...conceptTerms(names.map(({ concept }) => concept))];
    const isProper = isName(surface, question, position) && (names.length > 0 || language === 'en');
    const rare = rarity(unitTerms, index, isProper);
    units.push({ surface, weight: rare, essential: isProper && rare >= ESSENTIAL_WEIGHT, terms: unitTerms });
  }
  return { terms, units: distinct(units) };
}

/** A word that leads nowhere is read as the nearest one that does. */
function correctSpelling(word: AlphabeticWord, language: AlphabeticLanguage, index: OpenIndex): AlphabeticWord {
  const corrected = isKnownStem(word.stem, language, index) ? undefined : index.spelling.correct(word.stem, language);
  return corrected === undefined ? word : { ...word, stem: corrected };
}

function knownPhrase(phrase: string, language: AlphabeticLanguage, index: OpenIndex): QueryTerm[] {
  const term = stemTerm(language, phrase);
  const named: QueryTerm[] = index.chunkIndex.unitFrequency('meaning', term) > 0 ? [{ view: 'meaning', term, weight: VIEW_WEIGHTS.meaning }] : [];
  return [...named, ...renderingTerms(term, 1, index)];
}

/** A word written with a capital inside the sentence names something in particular. */
function isName(surface: string, question: string, position: number): boolean {
  const capitalised = surface.charAt(0).toUpperCase() + surface.slice(1);
  return position > 0 && (question.includes(capitalised) || question.includes(surface.toUpperCase())) && !question.includes(surface);
}
