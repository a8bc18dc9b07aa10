import { findPlaces, findProperNouns } from '../../../ingest/text/chinese/segment-words.ts';
import type { AnswerKind } from '../../question/answer-kinds.ts';
import { IndexMemory } from '../../question/word-memory.ts';

/** What a sentence must contain to answer a question of a kind. A reason takes any form of words. */
const ANSWERS: Record<Exclude<AnswerKind, 'place' | 'names' | 'reason'>, RegExp> = {
  date: /(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日(?:至\d{1,2}日)?)?|\d{4}年|[今去明]年(?:\d{1,2}月)?|(?<!\d)\d{1,2}日|\b(?:1[89]|20)\d\d\b|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)|定期|方便的时候/gu,
  // Dates, ordinals and “the second session” are numbers, but no quantities.
  quantity:
    /(?<![第\d])\d+(?:[.,]\d+)?\s*(?![\d年月日号届-])|(?<!第)[两一二三四五六七八九十百千万亿]+(?:份|个|次|条|家|名|亿|万|吨|公里)|百分之/gu,
  // Kinds are counted by naming them.
  count: /(?<![第\d])\d+\s*(?![\d年月日号届-])|(?<!第)[两一二三四五六七八九十百千万亿]+(?:份|个|项|次|条|家|名|种)|[、，和]/gu,
  duration: /(?<!\d)\d{1,3}(?:周?年(?!\d)|个月|天)|\d{1,2}日至\d{1,2}日|[一二两三四五六七八九十百]+(?:周?年|个月|天)/gu,
  organisation: /\p{Script=Han}{1,12}(?:部|局|署|厅|公司|集团|银行|委员会|大学|学院|基金|机制)(?![门分级长])/gu,
  // Who acts may be a party or a body as well.
  actor: /主席|总统|总理|部长|元首|领导人|签字|中方|哈方|双方|两国|委员会|机制/gu,
  // Somebody's office, name or signature; names of two parts are printed with a middle dot.
  person: /主席|总统|总理|部长|大使|元首|领导人|签字|[\p{Script=Han}]·[\p{Script=Han}]/gu,
};

/**
 * Whether a sentence holds something of the kind that the question does not name itself: “which city” is not answered by the city
 * that the question starts from.
 * @param sentence its number in the index
 * @param textOf reads its words, where they are not known yet
 * @param question normalised
 */
export function holdsAnswer(index: object, kind: AnswerKind, sentence: number, textOf: () => string, question: string): boolean {
  if (kind === 'reason') return true;
  // The same sentences answer many questions, and to tag their words takes longer than all else here.
  const answers = known.recall(index, `${kind} ${sentence}`, () => findAnswers(kind, textOf()));
  return answers.some((answer) => !question.includes(answer));
}

const known = new IndexMemory<readonly string[]>();

/** In lower case, as questions are. */
const findAnswers = (kind: Exclude<AnswerKind, 'reason'>, sentence: string): string[] =>
  findCandidates(kind, sentence).map((candidate) => candidate.toLowerCase());

function findCandidates(kind: Exclude<AnswerKind, 'reason'>, sentence: string): string[] {
  if (kind === 'place') return findPlaces(sentence);
  if (kind === 'names') return [...findProperNouns(sentence), ...Array.from(sentence.matchAll(/《[^》]+》/gu), ([title]) => title)];
  return Array.from(sentence.matchAll(ANSWERS[kind]), ([found]) => found);
}
