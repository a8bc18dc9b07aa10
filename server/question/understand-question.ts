import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { normalizeText, toMainlandChinese } from '../../ingest/text/normalize-text.ts';
import type { Language, Turn } from '../wire.ts';
import { alphabeticLanguage, analyseAlphabetic } from './analyse-alphabetic.ts';
import { analyseChinese } from './analyse-chinese.ts';
import { analyseNumbers } from './analyse-numbers.ts';
import { detectLanguage } from './detect-language.ts';
import { type Focus, findFocus, isFocus } from './question-focus.ts';
import {
  type AskedFor,
  asksForArticleOfAnother,
  asksForOpinion,
  asksForSeveral,
  CHINESE_QUESTION_PHRASES,
  DOCUMENT_PATTERNS,
  isInstruction,
  SUMMARY_PATTERNS,
  whatIsAsked,
  withoutAsker,
  yearOfDocumentAskedAbout,
} from './question-phrases.ts';
import type { Analysis, QuestionUnit } from './question-unit.ts';
import { findReference, type StructuralReference } from './resolve-reference.ts';

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
  /** Wants an opinion, or gives the assistant orders: nothing that a document could answer. */
  isNoQuestion: boolean;
  /** Looks into a document of another year than any that is held here: what it says is not known here. */
  asksAboutOtherDocument: boolean;
  /** Asks for more of what was asked before (“还有呢？”), without naming anything itself. */
  asksForMore: boolean;
};

/** What an earlier question still says about a follow-up. */
const EARLIER_QUESTION = 0.35;

const FOLLOW_UP =
  /^(?:那么?|还有|另外|再|而|and\b|what about|how about|also\b|а\b|а\s+(?:что|как)|и\b|ещё|еще|ал\b|тағы)|[它他她]们?|这个|那个|上述|\b(?:it|its|they|them|this|that|those|these)\b|呢[？?]?$/iu;

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
  const asked = withoutAsker(question);
  const normalised = normalizeText(toMainlandChinese(asked));
  const reference = findReference(normalised) ?? referenceBefore(normalised, history);
  const summaryWords = SUMMARY_PATTERNS.some((pattern) => normalised.search(pattern) >= 0);
  const content = withoutFrame(normalised, reference);
  const own = analyse(content, asked, spoken, index);
  const isOnlyFrame = own.units.length === 0;
  const asksForSummary = isOnlyFrame && (summaryWords || namesTheDocument(normalised));

  const followsUp = earlier !== undefined && earlier !== question && (FOLLOW_UP.test(question.trim()) || isOnlyFrame);
  const inherited = followsUp && reference?.items === undefined ? understandEarlier(earlier, index) : undefined;
  return {
    language: language ?? spoken,
    terms: [...own.terms, ...(inherited?.terms ?? []).map((term) => ({ ...term, weight: term.weight * EARLIER_QUESTION }))],
    units: markFocus(own.units.length > 0 ? own.units : (inherited?.units ?? []), findFocus(normalised), index),
    embeddingText: inherited ? `${earlier} ${question}` : question,
    reference,
    asksForSummary: asksForSummary && !inherited?.units.length,
    asksFor: whatIsAsked(normalised),
    breadth: summaryWords ? 'summary' : asksForSeveral(normalised) ? 'several' : 'fact',
    isNoQuestion: asksForOpinion(normalised) || isInstruction(normalised),
    asksAboutOtherDocument: asksForArticleOfAnother(normalised) || isOtherDocument(yearOfDocumentAskedAbout(normalised), index),
    asksForMore: followsUp && isOnlyFrame && reference === undefined,
  };
}

const markFocus = (units: QuestionUnit[], focus: Focus, index: OpenIndex): QuestionUnit[] =>
  units.map((unit) => ({ ...unit, isFocus: isFocus(unit.surface, focus) && (!isCyrillic(unit.surface) || isReached(unit, index)) }));

const isCyrillic = (word: string) => /\p{Script=Cyrillic}/u.test(word);

/** Whether some document names the unit; a Russian or Kazakh word that none names may just lack a translation. */
const isReached = ({ terms }: QuestionUnit, index: OpenIndex) =>
  terms.some(({ view, term }) => index.chunkIndex.unitFrequency(view, term) > 0);

const namesTheDocument = (normalised: string) => DOCUMENT_PATTERNS.some((pattern) => normalised.search(pattern) >= 0);

const THIS_PLACE =
  /[这該该][一1]?[项條条段点]|\b(?:this|that) (?:item|paragraph|point|clause)\b|(?:этот|этом|том|тот) (?:пункт|абзац)\p{L}*|(?:осы|бұл) (?:тармақ|абзац)\p{L}*/u;

/** “这一项” means the place that the answer before it named. */
function referenceBefore(normalised: string, history: readonly Turn[]): StructuralReference | undefined {
  const deictic = THIS_PLACE.exec(normalised)?.[0];
  const answer = deictic === undefined ? undefined : history.findLast(({ role }) => role === 'assistant')?.content;
  const reference = answer === undefined ? undefined : findReference(normalizeText(answer));
  return reference && deictic !== undefined ? { ...reference, matched: [deictic] } : undefined;
}

function understandEarlier(question: string, index: OpenIndex): Analysis {
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

function analyse(content: string, question: string, language: Language, index: OpenIndex): Analysis {
  const chinese = analyseChinese(content, index);
  const numbers = analyseNumbers(content, index);
  const alphabetic = analyseAlphabetic(content, question, alphabeticLanguage(content, language, index), index);
  return {
    terms: [...chinese.terms, ...numbers.terms, ...alphabetic.terms],
    units: [...chinese.units, ...numbers.units, ...alphabetic.units],
  };
}

const isOtherDocument = (year: string | undefined, index: OpenIndex) =>
  year !== undefined && [...index.documents.values()].every(({ date }) => date?.slice(0, 4) !== year);
