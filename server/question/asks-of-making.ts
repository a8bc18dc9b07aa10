import type { AnswerKind } from './answer-kinds.ts';
import type { QuestionUnit } from './question-unit.ts';

/** What is done with a document to make it one. */
const MAKING =
  /签(?:署|订|字|定|下|发|的|了)?|缔结|订立|发表|发布|公布|出台|问世|\b(?:signed|issued|published|released|adopted|concluded|dated|signatories|signatory)\b|подпис\p{L}*|опубликован\p{L}*|обнародован\p{L}*|издан\p{L}*|принят\p{L}*|қол қой\p{L}*|жариялан\p{L}*|қабылдан\p{L}*/u;
const WHOLE_WORD = new RegExp(`^(?:${MAKING.source})$`, 'u');

/** What segmentation leaves of the interrogatives 哪年, 何地, of 签字 and of қол қойылды. */
const LEFT_OVER = /^(?:[年月日天时地字]|қол|қой\p{L}*)$/u;

/** When, where and by whom a document can be made. */
const CIRCUMSTANCES: readonly AnswerKind[] = ['date', 'place', 'person', 'actor'];

/**
 * Whether a question asks when, where or by whom the document itself was made (“什么时候发表的？”) and names nothing else: the formula at
 * its end says so, whatever word the asker has for it.
 * @param asked normalised
 */
export const asksOfMaking = (asked: string, asksFor: readonly AnswerKind[], units: readonly QuestionUnit[]): boolean =>
  asksFor.some((kind) => CIRCUMSTANCES.includes(kind)) &&
  MAKING.test(asked) &&
  units.every(({ surface }) => WHOLE_WORD.test(surface) || LEFT_OVER.test(surface));
