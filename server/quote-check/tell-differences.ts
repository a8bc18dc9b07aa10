import type { QuoteDifference } from '../wire.ts';
import { isAlike, type Step } from './align-units.ts';
import { classifyLook, classifyWording, readAlike } from './classify-difference.ts';
import type { QuoteUnit } from './quote-units.ts';

/** A difference before its kind is settled; `wording` is told apart once it is whole. */
type Edit = Omit<QuoteDifference, 'kind'> & { kind: QuoteDifference['kind'] | 'wording' };

/** What the steps say: the differences, where the stretch stands, and how many of its letters and digits do. */
export type Told = { differences: QuoteDifference[]; start: number; end: number; matchedLetters: number; letters: number };

/** Kinds of difference that a reader does not read otherwise. */
const READ_ALIKE: ReadonlySet<QuoteDifference['kind']> = new Set(['script', 'width', 'punctuation', 'whitespace', 'case', 'homoglyph']);

/** Whether all differences are of looks and spacing only. */
export const isSameWording = (differences: readonly QuoteDifference[]): boolean => differences.every(({ kind }) => READ_ALIKE.has(kind));

const SEPARATOR = /^[.,:/\-–．，：／－]$/u;
const DIGIT = /^\p{Nd}+$/u;

/**
 * The differences along the steps, neighbours of one kind as one, changed words and numbers whole. `quoteStart` is the offset in the
 * quote of the first step.
 */
export function tellDifferences(steps: readonly Step[], quoteStart: number): Told {
  const kinds = steps.map((_, index) => kindOf(steps, index));
  widenToWords(steps, kinds);
  const edits: Edit[] = [];
  const start = steps.find(({ original }) => original)?.original?.start ?? 0;
  let quoteAt = quoteStart;
  let at = start;
  let isBroken = true;
  for (const [index, step] of steps.entries()) {
    const quoteEnd = step.quoted?.end ?? quoteAt;
    const end = step.original?.end ?? at;
    const kind = kinds[index];
    if (kind !== undefined) {
      const edit = {
        kind,
        quoteStart: quoteAt,
        quoteEnd,
        quoted: step.quoted?.raw ?? '',
        start: at,
        end,
        original: step.original?.raw ?? '',
      };
      const joined = isBroken ? undefined : join(edits.at(-1), edit);
      if (joined) edits.splice(-1, 1, joined);
      else edits.push(edit);
    }
    isBroken = kind === undefined;
    quoteAt = quoteEnd;
    at = end;
  }
  const differences = joinBroken(edits).map(
    ({ kind, ...edit }): QuoteDifference => ({
      kind: kind === 'wording' ? classifyWording(edit.quoted, edit.original) : kind,
      ...edit,
    }),
  );
  return { differences, start, end: at, ...countLetters(steps, differences) };
}

/** Letters and numbers of the quote, and those that no changed word or number holds. */
function countLetters(steps: readonly Step[], differences: readonly QuoteDifference[]): Pick<Told, 'letters' | 'matchedLetters'> {
  const changed = differences.filter(({ kind }) => !READ_ALIKE.has(kind));
  let letters = 0;
  let matchedLetters = 0;
  let next = 0;
  for (const { quoted } of steps) {
    if (quoted?.kind !== 'text') continue;
    while ((changed[next]?.quoteEnd ?? Number.POSITIVE_INFINITY) <= quoted.start) next++;
    letters++;
    if (quoted.start < (changed[next]?.quoteStart ?? Number.POSITIVE_INFINITY)) matchedLetters++;
  }
  return { letters, matchedLetters };
}

/** The kind of one step; `undefined` where both texts have the same. */
function kindOf(steps: readonly Step[], index: number): Edit['kind'] | undefined {
  const step = steps[index];
  const unit = step?.quoted ?? step?.original;
  if (!step || !unit || step.quoted?.raw === step.original?.raw) return undefined;
  if (step.isOmitted || (step.quoted?.isEllipsis && steps[index + 1]?.isOmitted)) return 'omission';
  if (unit.kind === 'space') return 'whitespace';
  if (step.quoted && step.original && isAlike(step.quoted, step.original)) return classifyLook(step.quoted.raw, step.original.raw);
  if (unit.kind === 'text') return 'wording';
  return isWithinNumber(steps, index) ? 'wording' : 'punctuation';
}

/** A point or comma between digits is part of the number: 1.5 and 15, 1,5 and 1.5. */
function isWithinNumber(steps: readonly Step[], index: number): boolean {
  const isDigit = (unit: QuoteUnit | undefined) => unit !== undefined && DIGIT.test(unit.raw);
  const between = (side: 'quoted' | 'original') =>
    SEPARATOR.test(steps[index]?.[side]?.raw ?? '') && isDigit(steps[index - 1]?.[side]) && isDigit(steps[index + 1]?.[side]);
  return between('quoted') || between('original');
}

/** What a changed character takes along: letters and digits that are written as words, and Chinese numerals. */
function wordKindOf(unit: QuoteUnit | undefined): 'letters' | 'numerals' | undefined {
  if (unit?.kind !== 'text') return undefined;
  if (!/\p{Script=Han}/u.test(unit.raw)) return 'letters';
  return /^[〇零一二三四五六七八九十百千万亿]$/u.test(unit.raw) ? 'numerals' : undefined;
}

/** Changed letters and digits take the rest of their word or number along: 2018 for 2019, not 8 for 9. */
function widenToWords(steps: readonly Step[], kinds: (Edit['kind'] | undefined)[]): void {
  const widen = (from: number, to: number) => {
    const step = steps[to];
    const kind = wordKindOf(step?.quoted);
    if (kinds[from] !== 'wording' || kind === undefined || kind !== wordKindOf(step?.original)) return;
    if (kind === wordKindOf(steps[from]?.quoted) || kind === wordKindOf(steps[from]?.original)) kinds[to] = 'wording';
  };
  for (let index = 1; index < kinds.length; index++) widen(index - 1, index);
  for (let index = kinds.length - 1; index > 0; index--) widen(index, index - 1);
}

/** Edits in a row that come to the same words are one difference, such as a number with a line break in it. */
function joinBroken(edits: readonly Edit[]): Edit[] {
  const rows: Edit[][] = [];
  for (const edit of edits) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (last?.quoteEnd === edit.quoteStart && last.end === edit.start) row?.push(edit);
    else rows.push([edit]);
  }
  return rows.flatMap((row) => {
    const whole = row.length > 1 && row.some(({ kind }) => kind === 'wording') ? row.reduce(joined) : undefined;
    if (!whole || !readAlike(whole.quoted, whole.original)) return row;
    return [whole];
  });
}

const joined = (before: Edit, after: Edit): Edit => ({
  kind: 'wording',
  quoteStart: before.quoteStart,
  quoteEnd: after.quoteEnd,
  quoted: before.quoted + after.quoted,
  start: before.start,
  end: after.end,
  original: before.original + after.original,
});

/** Two neighbouring edits as one, or `undefined` where they are different things. */
function join(before: Edit | undefined, after: Edit): Edit | undefined {
  if (!before) return undefined;
  const isSameKind = before.kind === after.kind;
  // Words that are added or left out take their spaces and marks along.
  const isOneWay = (before.quoted === '' && after.quoted === '') || (before.original === '' && after.original === '');
  const isOfWording = before.kind === 'wording' || after.kind === 'wording';
  if (!isSameKind && !(isOneWay && isOfWording && before.kind !== 'omission' && after.kind !== 'omission')) return undefined;
  return { ...joined(before, after), kind: isSameKind ? before.kind : 'wording' };
}
