import { MAX_QUESTION_CODE_POINTS, type Turn } from '../../wire.ts';
import type { DocumentCatalogue } from './document-catalogue.ts';
import { findNamedDocuments, findQuotedDocuments, type NamedDocuments, yearsIn } from './name-documents.ts';

/** What a conversation says of the documents that its last question is for. */
export type DocumentsTold = {
  /** The question to be answered, with the turns before it: “2015年的声明呢？” asks of that document what was asked before. */
  question: string;
  /** The question, normalised. */
  whole: string;
  history: readonly Turn[];
  /** Absent where neither the question nor one that it leans on names a document. */
  named?: NamedDocuments;
  /** The documents that the answer before quotes, newest first. */
  talkedAbout: readonly string[];
};

/** What may stand around a document in a question that only names it. “What does it say” asks for all it says: no follow-up. */
const FILLER = new RegExp(
  [
    '那么?|还有|而|在|的|里|中|上|呢|是?怎么?[样说写讲]|如何|又|则|情况|版|年|份',
    "(?<!\\p{L})(?:and|so|then|what|how|about|in|the|of|for|from|one|that|does|do|is|it|as to|what's)(?!\\p{L})",
    '(?<!\\p{L})(?:а|и|что|как|насчет|в|во|по|об?|году?|года|этом|там|же|ну)(?!\\p{L})',
    '(?<!\\p{L})(?:ал|ше|ша|шы|ші|және|туралы|жылы|жылғы|қалай|бұл|онда)(?!\\p{L})',
    '[\\s,，。.?？!！、:：;；«»“”"\'-]',
  ].join('|'),
  'gu',
);

const isFiller = (text: string) => text.replace(FILLER, '') === '';
const YEAR = /(?<!\d)(?:1[89]|20)\d\d(?!\d)/gu;

/** “这份声明”, “this statement”: the document that was just talked about. */
const THIS_DOCUMENT =
  /[这该本](?:[1一]?[份个篇])?(?:联合)?(?:声明|文件|宣言|公报|文本)|\b(?:this|that|the same) (?:joint )?(?:statement|document|declaration|communiqu[eé]|text)\b|(?<!\p{L})(?:этот|этом|этого|данн\p{L}{2,3}|том же) (?:же )?(?:документ|заявлени|деклараци|коммюнике)\p{L}{0,4}|(?:осы|бұл|сол) (?:мәлімдеме|құжат)\p{L}*/u;
export const meansThisDocument = (question: string): boolean => THIS_DOCUMENT.test(question);

/** What a question itself names; `isBare`: and nothing else, `isYearAlone`: by a year that is not said of a document. */
type OwnDocuments = NamedDocuments & { isBare: boolean; isYearAlone: boolean };

/**
 * Reads which documents a question is for.
 * @param shadowOf the normalised copy of a text
 * @param leansOn whether a question leans on the one before it (“那能源呢？”)
 * @param isContent whether documents speak of a year, so that “那2020年呢？” may ask of it
 */
export function readDocuments(
  question: string,
  history: readonly Turn[],
  catalogue: DocumentCatalogue,
  {
    shadowOf,
    leansOn,
    isContent,
  }: { shadowOf: (text: string) => string; leansOn: (question: string) => boolean; isContent: (year: string) => boolean },
): DocumentsTold {
  const answer = history.findLast(({ role }) => role === 'assistant')?.content ?? '';
  const talkedAbout = findQuotedDocuments(answer.split('\n').map(shadowOf), catalogue);
  const whole = shadowOf(question);
  const own = findOwn(whole);
  const substantial = history.filter(({ role, content }) => role === 'assistant' || !isBare(content));
  const before = substantial.findLastIndex(({ role }) => role === 'user');
  const earlier = substantial[before]?.content;
  if (own?.isBare && earlier !== undefined) {
    // What the earlier question was for is replaced.
    const wholeEarlier = shadowOf(earlier);
    const named = { ...own, matched: [...(findOwn(wholeEarlier)?.matched ?? [])] };
    return { question: earlier, whole: wholeEarlier, history: substantial.slice(0, before), named, talkedAbout };
  }
  // Without a question before it “2017?” asks nothing of a document.
  const named = own && !own.isYearAlone ? own : undefined;
  return { question, whole, history: substantial, named: named ?? (leansOn(question) ? namedBefore() : undefined), talkedAbout };

  function findOwn(text: string): OwnDocuments | undefined {
    if (text.length > MAX_QUESTION_CODE_POINTS) return undefined;
    const found = findNamedDocuments(text, catalogue);
    return found ? { ...found, isBare: isFiller(without(text, found.matched)), isYearAlone: false } : readYears(text);
  }

  /** “那2017年呢？”: years alone, with nothing that they could be said of. */
  function readYears(text: string): OwnDocuments | undefined {
    const years = yearsIn(text);
    if (years.length === 0 || !isFiller(text.replace(YEAR, ' '))) return undefined;
    const documentIds = years.flatMap((year) => catalogue.ofYear(year).map(({ documentId }) => documentId));
    const missingYears = years.filter((year) => catalogue.ofYear(year).length === 0);
    if (documentIds.length === 0 && missingYears.some(isContent)) return undefined;
    return { documentIds, matched: years, missingYears, isBare: true, isYearAlone: true };
  }

  function isBare(content: string): boolean {
    return findOwn(shadowOf(content))?.isBare ?? false;
  }

  /** The documents that the question before names, or the one that that leans on. */
  function namedBefore(): NamedDocuments | undefined {
    for (const { role, content } of history.toReversed()) {
      if (role !== 'user') continue;
      const found = findOwn(shadowOf(content));
      if (found) return { ...found, matched: [] };
      if (!leansOn(content)) return undefined;
    }
    return undefined;
  }
}

const without = (text: string, stretches: readonly string[]) => stretches.reduce((rest, stretch) => rest.replace(stretch, ' '), text);
