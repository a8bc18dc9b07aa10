import { createRequire } from 'node:module';
import type { Span } from '../structure/document.ts';
import { normalizeText } from './normalize-text.ts';

/** `text`: letters, digits and what else means something (%, €); `mark`: punctuation; `space`: also what is invisible. */
export type UnitKind = 'text' | 'mark' | 'space';

/** What a character is compared by. */
type Folded = {
  kind: UnitKind;
  /** NFKC, small letters, simplified characters. */
  normalized: string;
  /** Normalised, and one letter for all that look alike; empty for `space`. */
  folded: string;
  /** What it looks like as it stands, by UTS 39: digits and capitals included, 0 like O. */
  look: string;
};

/** One character as a reader sees it, its combining marks included, at its place in the shown text. */
export type ShadowUnit = Span & Folded & { raw: string };

/** A character with up to four combining marks. A variation selector is none: it is invisible and stands alone. */
const UNIT = /\p{M}|\P{M}(?:(?!\p{VS})[\p{M}\uff9e\uff9f]){0,4}/gu;
const SPACE = /^[\s\p{Z}\p{C}\p{VS}]+$/u;
/** Private-use characters and those younger than our Unicode are shown, as a box at least. */
const SHOWN_CONTROL = /^[\p{Co}\p{Cn}]/u;
const MARK = /^[\p{P}\p{Sk}<>~]$/u;
const COUNTING_MARK = /^[%‰&@#]$/u;
/** ﷺ alone would unfold to 18 characters. */
const LONGEST_FOLD = 4;

/**
 * Traditional characters that are simplified ones, too, so that OpenCC leaves them alone outside its phrases (瞭解 → 了解 but 瞭望).
 * Found by putting jieba's dictionary into traditional script and back; the commonest of what did not come back.
 */
const SIMPLIFIED_IN_PHRASES = new Map(
  Array.from('瞭了藉借彷仿著着覆复像象簷檐衞卫敍叙枱台'.matchAll(/(.)(.)/gu), ([, from = '', to = '']) => [from, to]),
);

const require = createRequire(import.meta.url);

function loadLooks(): (text: string) => string {
  return require('unhomoglyph');
}

let looks: ReturnType<typeof loadLooks> | undefined;

/** The letters that all which look like them are written with (UTS 39). Loaded for the first text: a start does not wait for its 6,000 letters. */
function lookOf(text: string): string {
  looks ??= loadLooks();
  return looks(text);
}

const known = new Map<string, Folded>();

/** One letter for all that look alike (UTS 39): Cyrillic а is Latin a. ASCII stays: 0 and O are told apart. */
function unifyLook(character: string): string {
  if (character <= '\x7f') return character;
  const prototype = lookOf(character).toLowerCase();
  return /^[\p{L}\p{N}]$/u.test(prototype) ? prototype : character;
}

function fold(raw: string): Folded {
  if (SPACE.test(raw) && !SHOWN_CONTROL.test(raw)) return { kind: 'space', normalized: '', folded: '', look: '' };
  const simplified = normalizeText(raw);
  const normalized = simplified.length > LONGEST_FOLD ? raw : (SIMPLIFIED_IN_PHRASES.get(simplified) ?? simplified);
  const look = lookOf(raw.normalize('NFKC'));
  if ((MARK.test(raw) || MARK.test(normalized)) && !COUNTING_MARK.test(normalized))
    return { kind: 'mark', normalized, folded: normalized, look };
  return { kind: 'text', normalized, folded: Array.from(normalized, unifyLook).join(''), look };
}

function foldKnown(raw: string): Folded {
  // Only single code units are remembered: there are 65,536 of them, but no end of letters with marks.
  if (raw.length > 1) return fold(raw);
  const found = known.get(raw);
  if (found) return found;
  const folded = fold(raw);
  known.set(raw, folded);
  return folded;
}

/**
 * The shadow copy of a text with its way back: units that tile the text, in order. Linear in the text's length. Unlike
 * `normalizeText` it reads each character for itself, so numerals stay as they are written.
 */
export const shadowOf = (text: string): ShadowUnit[] =>
  Array.from(text.matchAll(UNIT), ({ 0: raw, index }) => ({ start: index, end: index + raw.length, raw, ...foldKnown(raw) }));
