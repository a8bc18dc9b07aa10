import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { backgroundWeight } from '../../ingest/text/background-frequency.ts';
import type { FoundConcept } from '../../ingest/text/concept-names.ts';
import { conceptTerm, stemTerm } from '../../ingest/text/expand-meanings.ts';
import { normalizeText, toMainlandChinese } from '../../ingest/text/normalize-text.ts';
import { findProperNouns, segmentWords } from '../../ingest/text/segment-words.ts';
import { type AlphabeticLanguage, type AlphabeticWord, contentWords } from '../../ingest/text/stem-words.ts';
import { bigramsOf, unigramsOf } from '../../ingest/text/tokenize-text.ts';
import type { Language, Turn } from '../wire.ts';
import { detectLanguage } from './detect-language.ts';
import { type Focus, findFocus, isFocus } from './question-focus.ts';
import {
  type AskedFor,
  asksForSeveral,
  CHINESE_QUESTION_PHRASES,
  CHINESE_STOPWORDS,
  DOCUMENT_PATTERNS,
  SUMMARY_PATTERNS,
  whatIsAsked,
  yearOfDocumentAskedAbout,
} from './question-phrases.ts';
import { findReference, type StructuralReference } from './resolve-reference.ts';

/**
 * Something the question names and an answer should name too. Any of `terms` found in a sentence counts as a match.
 * `isFocus`: what the question wants named. `essential`: a proper noun, year or number without which a sentence answers another question.
 */
export type QuestionUnit = { surface: string; weight: number; essential: boolean; isFocus?: boolean; terms: QueryTerm[] };

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
  /** How many sentences are wanted: those of one fact, of a list or comparison, or of a summary of a matter. */
  breadth: 'fact' | 'several' | 'summary';
  /** Looks into a document of another year than any that is held here: what it says is not known here. */
  asksAboutOtherDocument: boolean;
  /** Asks for more of what was asked before (“还有呢？”), without naming anything itself. */
  asksForMore: boolean;
};

/** How much each view counts in ranking (retrieval study: bigrams 1, unigrams .6, words .5; meanings tuned on the tuning half). */
const VIEW_WEIGHTS = { bigram: 1, unigram: 0.6, word: 0.5, meaning: 1 };
/** A word inside a longer name counts less than the name: “river” in “transboundary river”. */
const PART_OF_NAME = 0.4;
/** A shared dictionary gloss is weaker than a shared concept of the term base. */
const BRIDGE = 0.6;
/** A name that most of the documents' sentences share (the parties) does not tell one answer from another. */
const ESSENTIAL_WEIGHT = 0.4;
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
  const reference = findReference(normalised) ?? referenceBefore(normalised, history);
  const summaryWords = SUMMARY_PATTERNS.some((pattern) => normalised.search(pattern) >= 0);
  const content = withoutFrame(normalised, reference);
  const own = analyse(content, question, spoken, index);
  const asksForSummary = own.units.length === 0 && (summaryWords || normalised.length > content.replace(/\s+/gu, '').length);

  const followsUp = earlier !== undefined && earlier !== question && (FOLLOW_UP.test(question.trim()) || own.units.length === 0);
  const inherited = followsUp && !(reference?.item !== undefined) ? understandEarlier(earlier, index) : undefined;
  return {
    language: language ?? spoken,
    terms: [...own.terms, ...(inherited?.terms ?? []).map((term) => ({ ...term, weight: term.weight * EARLIER_QUESTION }))],
    units: markFocus(own.units.length > 0 ? own.units : (inherited?.units ?? []), findFocus(normalised)),
    embeddingText: inherited ? `${earlier} ${question}` : question,
    reference,
    asksForSummary: asksForSummary && !inherited?.units.length,
    asksFor: whatIsAsked(normalised),
    breadth: summaryWords ? 'summary' : asksForSeveral(normalised) ? 'several' : 'fact',
    asksAboutOtherDocument: isOtherDocument(yearOfDocumentAskedAbout(normalised), index),
    asksForMore: followsUp && own.units.length === 0 && reference === undefined,
  };
}

const markFocus = (units: QuestionUnit[], focus: Focus): QuestionUnit[] =>
  units.map((unit) => ({ ...unit, isFocus: isFocus(unit.surface, focus) }));

const THIS_PLACE =
  /[这該该][一1]?[项條条段点]|\b(?:this|that) (?:item|paragraph|point|clause)\b|(?:этот|этом|том|тот) (?:пункт|абзац)\p{L}*|(?:осы|бұл) (?:тармақ|абзац)\p{L}*/u;

/** “这一项” means the place that the answer before it named. */
function referenceBefore(normalised: string, history: readonly Turn[]): StructuralReference | undefined {
  const deictic = THIS_PLACE.exec(normalised)?.[0];
  const answer = deictic === undefined ? undefined : history.findLast(({ role }) => role === 'assistant')?.content;
  const reference = answer === undefined ? undefined : findReference(normalizeText(answer));
  return reference && deictic !== undefined ? { ...reference, matched: [deictic] } : undefined;
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
  const numbers = analyseNumbers(content, index);
  const alphabetic = analyseAlphabetic(content, question, alphabeticLanguage(content, language, index), index);
  return {
    terms: [...chinese.terms, ...numbers.terms, ...alphabetic.terms],
    units: [...chinese.units, ...numbers.units, ...alphabetic.units],
  };
}

/**
 * The language whose words these are. Cyrillic may be Kazakh typed on a Russian keyboard, or a question that mixes both: the
 * language that knows more of the words is taken.
 */
function alphabeticLanguage(content: string, language: Language, index: OpenIndex): AlphabeticLanguage {
  if (!/\p{Script=Cyrillic}/u.test(content)) return 'en';
  const known = (candidate: AlphabeticLanguage) =>
    contentWords(content, candidate).filter(({ stem }) => isKnownStem(stem, candidate, index)).length;
  const [first, second] = language === 'kk' ? (['kk', 'ru'] as const) : (['ru', 'kk'] as const);
  return known(second) > known(first) ? second : first;
}

const isKnownStem = (stem: string, language: AlphabeticLanguage, index: OpenIndex) =>
  index.chunkIndex.unitFrequency('meaning', stemTerm(language, stem)) > 0 || index.conceptFinder.knowsStem(stem, language);

function analyseChinese(content: string, index: OpenIndex): Analysed {
  const runs = content.match(/\p{Script=Han}+/gu) ?? [];
  const kept = runs.map(keepContent).join(' ');
  const properNouns = new Set(findProperNouns(kept));
  const concepts = index.conceptFinder.inChinese(kept);
  const words = [...new Set(segmentWords(kept))].filter(
    (word) => HAN.test(word) && !CHINESE_STOPWORDS.has(word) && !INTERROGATIVE.test(word),
  );
  const units = words.map((word) => chineseUnit(word, concepts, properNouns, index));
  units.push(...[...kept.matchAll(COUNTRY_PAIR)].map(([pair]) => countryPairUnit(pair)));
  const weightOf = new Map(units.map(({ surface, weight }) => [surface, weight]));
  const terms = units.flatMap((unit) =>
    unit.terms.filter(({ view }) => view === 'meaning').map((term) => ({ ...term, weight: term.weight * meaningWeight(unit, index) })),
  );
  for (const run of kept.split(' ')) terms.push(...runTerms(run, weightOf));
  return { terms: distinctTerms(terms), units };
}

/** A word that the documents use finds them by itself; one that they lack has nothing but its meaning. */
const meaningWeight = ({ surface }: QuestionUnit, index: OpenIndex) =>
  isUsed(surface, index) ? VIEW_WEIGHTS.meaning / 2 : VIEW_WEIGHTS.meaning * 2;

const isUsed = (word: string, index: OpenIndex) =>
  index.chunkIndex.unitFrequency('word', word) > 0 || (word.length === 2 && index.chunkIndex.unitFrequency('bigram', word) > 0);

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

function chineseUnit(word: string, concepts: FoundConcept[], properNouns: ReadonlySet<string>, index: OpenIndex): QuestionUnit {
  const named = concepts
    .filter(({ words: names }) => names.some((name) => name.includes(word) || (word.length > 1 && word.includes(name))))
    .map(({ concept }) => concept);
  const terms: QueryTerm[] = word.length > 1 ? [{ view: 'word', term: word, weight: 1 }] : [{ view: 'unigram', term: word, weight: 1 }];
  terms.push(...conceptTerms(named));
  for (const bigram of bigramsOf(word)) terms.push({ view: 'bigram', term: bigram, weight: 1 / Math.max(1, word.length - 1) });
  if (!isUsed(word, index))
    for (const [term, weight] of index.bridges.get(word) ?? []) terms.push({ view: 'meaning', term, weight: weight * BRIDGE });
  const isName = properNouns.has(word);
  const weight = rarity(terms, index, isName) * backgroundWeight(word) ** 2;
  return { surface: word, weight, essential: isName && weight >= ESSENTIAL_WEIGHT, terms };
}

/** Ranking terms of a run of characters: each bigram counts as much as the word it stands in, across words as the lesser one. */
function runTerms(run: string, weightOf: ReadonlyMap<string, number>): QueryTerm[] {
  const terms: QueryTerm[] = [];
  let previous: { character: string; weight: number } | undefined;
  for (const word of segmentWords(run)) {
    const weight = Math.sqrt(weightOf.get(word) ?? backgroundWeight(word) ** 2);
    // A long name is one thing, however many bigrams it has.
    const share = 1 / Math.sqrt(Math.max(1, word.length - 1));
    if (word.length > 1) terms.push({ view: 'word', term: word, weight: VIEW_WEIGHTS.word * weight });
    for (const term of bigramsOf(word)) terms.push({ view: 'bigram', term, weight: VIEW_WEIGHTS.bigram * weight * share });
    for (const term of unigramsOf(word)) terms.push({ view: 'unigram', term, weight: VIEW_WEIGHTS.unigram * weight * share });
    if (previous)
      terms.push({
        view: 'bigram',
        term: `${previous.character}${word.charAt(0)}`,
        weight: VIEW_WEIGHTS.bigram * Math.min(previous.weight, weight),
      });
    previous = { character: word.slice(-1), weight };
  }
  return terms;
}

/** A run of Han characters with its function words blanked, so that no bigram spans them. */
const keepContent = (run: string) =>
  segmentWords(run)
    .map((word) => (CHINESE_STOPWORDS.has(word) ? ' ' : word))
    .join('');

const NUMBER = /(?<![\p{L}\d])(\d+)(周年|[年月日号届次])?(?![\d\p{Script=Latin}\p{Script=Cyrillic}])/gu;

/** Years, days and other numbers: whoever names one means that one. The documents' own year tells nothing apart. */
function analyseNumbers(content: string, index: OpenIndex): Analysed {
  const units = [...content.matchAll(NUMBER)].flatMap(([, number = '', counted = '']): QuestionUnit[] => {
    if (isDocumentYear(number, index)) return [];
    const surface = `${number}${counted.replace('号', '日')}`;
    return [{ surface, weight: 1, essential: true, terms: [{ view: 'word', term: surface, weight: 1 }] }];
  });
  return { terms: units.flatMap(({ terms }) => terms), units: distinct(units) };
}

function analyseAlphabetic(content: string, question: string, language: AlphabeticLanguage, index: OpenIndex): Analysed {
  const words = contentWords(content, language).map((word) => correctSpelling(word, language, index));
  const concepts = index.conceptFinder.inAlphabetic(words, language);
  const conceptOf = new Map(concepts.flatMap(({ concept, words: names }) => names.map((name) => [name, concept])));
  const terms: QueryTerm[] = conceptTerms(concepts.map(({ concept }) => concept));
  const units: QuestionUnit[] = [];
  for (const [position, { surface, stem }] of words.entries()) {
    if (/^\d+$/.test(surface)) continue;
    const concept = conceptOf.get(surface);
    const weight = concept === undefined ? 1 : PART_OF_NAME;
    const matches: QueryTerm[] = [
      { view: 'meaning', term: stemTerm(language, stem), weight: weight * VIEW_WEIGHTS.meaning },
      { view: 'word', term: surface, weight },
    ];
    terms.push(...matches.filter(({ view, term }) => index.chunkIndex.unitFrequency(view, term) > 0 || view === 'meaning'));
    const next = words[position + 1];
    if (next) terms.push(...knownPhrase(`${stem} ${next.stem}`, language, index));
    const unitTerms = concept === undefined ? matches : [...matches, ...conceptTerms([concept])];
    const named = isName(surface, question, position) && (concept !== undefined || language === 'en');
    const rare = rarity(unitTerms, index, named);
    units.push({ surface, weight: rare, essential: named && rare >= ESSENTIAL_WEIGHT, terms: unitTerms });
  }
  return { terms, units: distinct(units) };
}

const isOtherDocument = (year: string | undefined, index: OpenIndex) =>
  year !== undefined && [...index.documents.values()].every(({ date }) => date?.slice(0, 4) !== year);

/** The year of the documents themselves tells none of their sentences apart. */
const isDocumentYear = (word: string, index: OpenIndex) => [...index.documents.values()].every(({ date }) => date?.slice(0, 4) === word);

/** A word that leads nowhere is read as the nearest one that does. */
function correctSpelling(word: AlphabeticWord, language: AlphabeticLanguage, index: OpenIndex): AlphabeticWord {
  const isKnown =
    index.chunkIndex.unitFrequency('meaning', stemTerm(language, word.stem)) > 0 || index.conceptFinder.knowsStem(word.stem, language);
  const corrected = isKnown ? undefined : index.spelling.correct(word.stem, language);
  return corrected === undefined ? word : { ...word, stem: corrected };
}

function knownPhrase(phrase: string, language: AlphabeticLanguage, index: OpenIndex): QueryTerm[] {
  const term = stemTerm(language, phrase);
  return index.chunkIndex.unitFrequency('meaning', term) > 0 ? [{ view: 'meaning', term, weight: VIEW_WEIGHTS.meaning }] : [];
}

const conceptTerms = (concepts: string[]): QueryTerm[] =>
  [...new Set(concepts)].map((concept) => ({ view: 'meaning', term: conceptTerm(concept), weight: VIEW_WEIGHTS.meaning }));

/** A word written with a capital inside the sentence names something in particular. */
function isName(surface: string, question: string, position: number): boolean {
  const capitalised = surface.charAt(0).toUpperCase() + surface.slice(1);
  return position > 0 && (question.includes(capitalised) || question.includes(surface.toUpperCase())) && !question.includes(surface);
}

/** A word that the documents never use may be a turn of phrase as well as the heart of the question: half of a name's weight. */
const UNKNOWN_WORD = 0.45;

/** How telling a unit is within the documents, 0…1: near 0 where every sentence names it, 1 for a name they never mention. */
function rarity(terms: QueryTerm[], index: OpenIndex, isName: boolean): number {
  const count = index.sentenceIndex.unitCount;
  const whole = terms.filter(({ view }) => view !== 'bigram');
  const frequency = Math.max(0, ...whole.map(({ view, term }) => index.sentenceIndex.unitFrequency(view, term)));
  if (frequency === 0 && !isName) return UNKNOWN_WORD;
  return Math.log(1 + count / (frequency + 0.5)) / Math.log(1 + count / 0.5);
}

/** The same term from two units counts once, at its higher weight. */
const distinctTerms = (terms: QueryTerm[]): QueryTerm[] => [
  ...new Map(terms.toSorted((a, b) => a.weight - b.weight).map((term) => [`${term.view} ${term.term}`, term])).values(),
];

const distinct = (units: QuestionUnit[]): QuestionUnit[] => [...new Map(units.map((unit) => [unit.surface, unit])).values()];
