import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import { normalizeText, toMainlandChinese } from '../../ingest/text/normalize-text.ts';
import { type Language, MAX_QUESTION_CODE_POINTS, type Turn } from '../wire.ts';
import { analyseAlphabetic } from './analyse-alphabetic.ts';
import { analyseChinese } from './analyse-chinese.ts';
import { analyseNumbers } from './analyse-numbers.ts';
import { type AnswerKind, answerKindsOf } from './answer-kinds.ts';
import { asksOfMaking } from './asks-of-making.ts';
import { detectLanguage } from './detect-language.ts';
import { catalogueOf } from './documents/document-catalogue.ts';
import { findNamedDocuments, type NamedDocuments } from './documents/name-documents.ts';
import { type DocumentsTold, meansThisDocument, readDocuments } from './documents/read-documents.ts';
import { type Focus, findFocus, isFocus } from './question-focus.ts';
import {
  asksForArticleOfAnother,
  asksForContent,
  asksForOpinion,
  asksForSection,
  asksForSeveral,
  asksForWhole,
  CHINESE_QUESTION_PHRASES,
  CONTENT_PATTERN,
  DOCUMENT_PATTERNS,
  isInstruction,
  isNoMatter,
  SUMMARY_PATTERNS,
  yearOfDocumentAskedAbout,
} from './question-phrases.ts';
import { type Analysis, distinct, isContrary, type QuestionIndex, type QuestionUnit } from './question-unit.ts';
import { findReference, type StructuralReference } from './resolve-reference.ts';
import { splitClauses } from './split-clauses.ts';
import { splitFacets } from './split-facets.ts';

/** A question made ready for matching. */
export type UnderstoodQuestion = {
  language: Language;
  /** Terms for ranking, over all views. */
  terms: QueryTerm[];
  /** What evidence is weighed by. */
  units: QuestionUnit[];
  /** What is asked side by side, as places in `units`. */
  facets: number[][];
  /** What is left for the embedding: the question as asked, or with the earlier question that it follows up. */
  embeddingText: string;
  reference?: StructuralReference;
  asksForSummary: boolean;
  /** Wants a part summed up that it names by its matter: “the section on rivers”. */
  asksForSection: boolean;
  /** The kinds of thing it wants named; empty where any words may answer. */
  asksFor: readonly AnswerKind[];
  /** Wants to know when, where or by whom the document itself was made. */
  asksOfMaking: boolean;
  /** What is asked, normalised. */
  asked: string;
  /** How many sentences are wanted: those of one fact, of a list or comparison, or of a summary of a matter. */
  breadth: 'fact' | 'several' | 'summary';
  /** Wants an opinion, gives the assistant orders, or only greets or thanks: nothing that a document could answer. */
  isNoQuestion: boolean;
  /** Looks into a document of another year than any that is held here: what it says is not known here. */
  asksAboutOtherDocument: boolean;
  /** The documents it is for, where it or a question that it leans on names some; only of a collection that has several. */
  documents?: NamedDocuments;
  /** The documents that the answer before quotes, where the question is for those: by number, “sum it up”, “this statement”. */
  talkedAbout: readonly string[];
  /** Leans on the question before it. */
  followsUp: boolean;
  /** Asks for more of what was asked before (“还有呢？”), without naming anything itself. */
  asksForMore: boolean;
};

/** What an earlier question still says about a follow-up. */
const EARLIER_QUESTION = 0.35;
/** What is told around the question says less of what is asked. */
const BACKGROUND = 0.35;

const FOLLOW_UP =
  /^(?:那么?|还有|另外|再|而|and\b|what about|how about|also\b|а\b|а\s+(?:что|как)|и\b|ещё|еще|ал\b|тағы)|[它他她]们?|这个|那个|上述|\b(?:it|its|they|them|this|that|those|these)\b|呢[？?]?$/iu;

/** Turns a question into what matching needs. `history` resolves follow-ups; `language` overrides detection. */
export function understandQuestion(
  question: string,
  index: QuestionIndex,
  history: readonly Turn[] = [],
  language?: Language,
): UnderstoodQuestion {
  const catalogue = catalogueOf(index);
  if (!catalogue.hasSeveral) return understandAsked({ question, whole: shadowOf(question), history, talkedAbout: [] }, index, language);
  const told = readDocuments(question, history, catalogue, {
    shadowOf,
    leansOn: (other) => FOLLOW_UP.test(other.trim()),
    isContent: (year) => isSpokenOf(year, index),
  });
  return understandAsked(told, index, language ?? (told.question === question ? undefined : languageOfFollowUp(question, told.question)));
}

/** “А в 2015 году?” and “Ал 2015 жылы ше?” are too short to be told apart: the question before it tells. */
function languageOfFollowUp(question: string, earlier: string): Language | undefined {
  const isCyrillicQuestion = isCyrillic(question) && isCyrillic(earlier);
  return detectLanguage(isCyrillicQuestion ? earlier : question);
}

function understandAsked(
  { question, whole, history, named, talkedAbout }: DocumentsTold,
  index: QuestionIndex,
  language: Language | undefined,
): UnderstoodQuestion {
  const earlier = earlierQuestion(history);
  const detected = detectLanguage(question) ?? (earlier === undefined ? undefined : detectLanguage(earlier));
  const spoken = detected ?? language ?? 'zh-Hans';
  const reference = findReference(whole) ?? referenceBefore(whole, history);
  const frame = [...(reference?.matched ?? []), ...(named?.matched ?? [])];
  const { asked, own, told } = readClauses(question, whole, frame, spoken, index);
  const summaryWords = SUMMARY_PATTERNS.some((pattern) => asked.search(pattern) >= 0);
  const isOnlyFrame = own.units.length === 0;
  const asksForSummary =
    (isOnlyFrame && (summaryWords || asked.search(CONTENT_PATTERN) >= 0 || namesTheDocument(asked))) ||
    (asksForWhole(whole) && saysLittle(own, index));

  // “What does Part II say?” names all it asks about: it does not lean on the question before it.
  const isComplete = reference !== undefined && asksForContent(asked);
  const followsUp = earlier !== undefined && earlier !== question && (FOLLOW_UP.test(question.trim()) || (isOnlyFrame && !isComplete));
  const inherited = followsUp && reference?.items === undefined ? understandEarlier(earlier, index) : undefined;
  const units = markFocus(unitsOf(own, told, inherited), findFocus(asked), index);
  const asksFor = answerKindsOf(asked);
  return {
    language: language ?? spoken,
    terms: [...own.terms, ...scaled(told.terms, BACKGROUND), ...scaled(inherited?.terms ?? [], EARLIER_QUESTION)],
    units,
    facets: splitFacets(asked, units),
    embeddingText: inherited ? `${earlier} ${question}` : question,
    reference,
    asksForSummary: asksForSummary && !inherited?.units.length,
    asksForSection: summaryWords && reference === undefined && asksForSection(asked),
    asksFor,
    asksOfMaking: !inherited && (told.units.length === 0 || namesTheDocument(asked)) && asksOfMaking(asked, asksFor, own.units),
    asked,
    breadth: summaryWords ? 'summary' : asksForSeveral(asked) ? 'several' : 'fact',
    isNoQuestion: asksForOpinion(whole) || isInstruction(whole) || isNoMatter(whole),
    asksAboutOtherDocument:
      named === undefined && (asksForArticleOfAnother(asked) || isOtherDocument(yearOfDocumentAskedAbout(asked), index)),
    ...(named ? { documents: named } : {}),
    talkedAbout: named === undefined && (reference !== undefined || asksForSummary || meansThisDocument(whole)) ? talkedAbout : [],
    followsUp: inherited !== undefined,
    asksForMore: followsUp && isOnlyFrame && reference === undefined,
  };
}

/** The question before this one. A turn may be eight times as long as a question, and all that reads questions is bounded by their length. */
function earlierQuestion(history: readonly Turn[]): string | undefined {
  const content = history.findLast(({ role }) => role === 'user')?.content;
  return content === undefined || content.length <= MAX_QUESTION_CODE_POINTS
    ? content
    : [...content].slice(0, MAX_QUESTION_CODE_POINTS).join('');
}

/** What the clauses of a question say: `asked` (normalised) with its analysis, and that of what is told around it. */
function readClauses(question: string, whole: string, frame: readonly string[], language: Language, index: QuestionIndex) {
  const { asked, background } = splitClauses(question);
  const own = analyse(withoutFrame(asked === question ? whole : shadowOf(asked), frame), asked, language, index);
  if (background === '') return { asked: whole, own, told: NOTHING };
  // “…三样：跨境电商、信息技术、网络犯罪。声明里分别怎么写的？”: what asks names nothing, so all of it is asked.
  if (own.units.length === 0) return { asked: whole, own: analyse(withoutFrame(whole, frame), question, language, index), told: NOTHING };
  return { asked: shadowOf(asked), own, told: analyse(withoutFrame(shadowOf(background), frame), background, language, index) };
}

const NOTHING: Analysis = { terms: [], units: [] };

/** The normalised copy of a question that matching works on. */
export const shadowOf = (question: string): string => normalizeText(toMainlandChinese(question));

const scaled = (terms: readonly QueryTerm[], scale: number): QueryTerm[] => terms.map((term) => ({ ...term, weight: term.weight * scale }));

/** What an answer should name: what is asked, else what was asked before; what is told around it counts a little. */
function unitsOf(own: Analysis, told: Analysis, inherited: Analysis | undefined): QuestionUnit[] {
  const asked = own.units.length > 0 ? own.units : (inherited?.units ?? []);
  if (asked.length === 0) return [];
  return distinct([...asked, ...told.units.map((unit) => ({ ...unit, weight: unit.weight * BACKGROUND, essential: false }))]);
}

const markFocus = (units: QuestionUnit[], focus: Focus, index: QuestionIndex): QuestionUnit[] =>
  units.map((unit) => ({
    ...unit,
    essential: unit.essential || isContrary(unit.surface),
    isFocus: isFocus(unit.surface, focus) && (!isCyrillic(unit.surface) || isReached(unit, index)),
  }));

const isCyrillic = (word: string) => /\p{Script=Cyrillic}/u.test(word);

/** Whether some document names the unit; a Russian or Kazakh word that none names may just lack a translation. */
const isReached = ({ terms }: QuestionUnit, index: QuestionIndex) =>
  terms.some(({ view, term }) => index.chunkIndex.unitFrequency(view, term) > 0);

/** What is left of a question about the whole: how and for whom it is to be told. */
const LITTLE = 1.2;
const saysLittle = ({ units }: Analysis, index: QuestionIndex) =>
  units.reduce((sum, unit) => sum + (isReached(unit, index) ? unit.weight : 0), 0) < LITTLE && units.every(({ essential }) => !essential);

const namesTheDocument = (normalised: string) => DOCUMENT_PATTERNS.some((pattern) => normalised.search(pattern) >= 0);

const THIS_PLACE =
  /[这該该][一1]?[项條条段点]|\b(?:this|that) (?:item|paragraph|point|clause)\b|(?:этот|этом|том|тот) (?:пункт|абзац)\p{L}*|(?:осы|бұл) (?:тармақ|абзац)\p{L}*/u;

const NEXT_PLACE =
  /(?:紧接着的?|接着的?)?(?:下[1一]?|后[1一])[个]?(?:自然)?[项條条段点]|\b(?:the )?(?:next|following) (?:item|paragraph|point|clause)\b|следующ\p{L}+ (?:пункт|абзац)\p{L}*|келесі (?:тармақ|абзац|азатжол)\p{L}*/u;
const PREVIOUS_PLACE =
  /(?:上[1一]?|前[1一])[个]?(?:自然)?[项條条段点]|\b(?:the )?(?:previous|preceding) (?:item|paragraph|point|clause)\b|предыдущ\p{L}+ (?:пункт|абзац)\p{L}*|алдыңғы (?:тармақ|абзац|азатжол)\p{L}*/u;
const PLACES: { pattern: RegExp; offset: number }[] = [
  { pattern: THIS_PLACE, offset: 0 },
  { pattern: NEXT_PLACE, offset: 1 },
  { pattern: PREVIOUS_PLACE, offset: -1 },
];

/** An answer names a place before its quote or behind it; what else the quote and further lines name is another place. */
const firstPlaceIn = (answer: string): StructuralReference | undefined =>
  [/[“「«]/u, /\n/u].map((end) => findReference(normalizeText(answer.split(end, 1)[0] ?? ''))).find((reference) => reference !== undefined);

/** “这一项” means the place that the answer before it named, “下一段” the one behind it. */
function referenceBefore(normalised: string, history: readonly Turn[]): StructuralReference | undefined {
  const place = PLACES.find(({ pattern }) => pattern.test(normalised));
  const deictic = place?.pattern.exec(normalised)?.[0];
  const answer = deictic === undefined ? undefined : history.findLast(({ role }) => role === 'assistant')?.content;
  const reference = answer === undefined ? undefined : firstPlaceIn(answer);
  return reference && place && deictic !== undefined ? { ...reference, offset: place.offset, matched: [deictic] } : undefined;
}

function understandEarlier(question: string, index: QuestionIndex): Analysis {
  const normalised = shadowOf(question);
  return analyse(withoutFrame(normalised, frameOf(normalised, index)), question, detectLanguage(question) ?? 'zh-Hans', index);
}

/** The stretches of an earlier question that only say where to look. */
function frameOf(normalised: string, index: QuestionIndex): string[] {
  const catalogue = catalogueOf(index);
  const named = catalogue.hasSeveral ? findNamedDocuments(normalised, catalogue) : undefined;
  return [...(findReference(normalised)?.matched ?? []), ...(named?.matched ?? [])];
}

/** The question without references by number, words for the document and phrases that only ask. */
function withoutFrame(normalised: string, frame: readonly string[]): string {
  let content = normalised;
  for (const matched of frame) content = content.replace(matched, ' ');
  for (const pattern of [...SUMMARY_PATTERNS, CONTENT_PATTERN, ...DOCUMENT_PATTERNS, CHINESE_QUESTION_PHRASES])
    content = content.replace(pattern, ' ');
  return content;
}

function analyse(content: string, question: string, language: Language, index: QuestionIndex): Analysis {
  const chinese = analyseChinese(content, index);
  const numbers = analyseNumbers(content, index);
  const alphabetic = analyseAlphabetic(content, question, language, index);
  return {
    terms: [...chinese.terms, ...numbers.terms, ...alphabetic.terms],
    units: [...chinese.units, ...numbers.units, ...alphabetic.units],
  };
}

/** Of several documents one may well speak of an agreement of another year: what they say of it is asked then. */
function isOtherDocument(year: string | undefined, index: QuestionIndex): boolean {
  const catalogue = catalogueOf(index);
  return year !== undefined && catalogue.ofYear(year).length === 0 && !(catalogue.hasSeveral && isSpokenOf(year, index));
}

const isSpokenOf = (year: string, index: QuestionIndex) => index.chunkIndex.unitFrequency('word', `${year}年`) > 0;
