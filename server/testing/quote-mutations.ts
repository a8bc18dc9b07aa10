import { Converter } from 'opencc-js/cn2t';
import type { Paragraph } from '../../ingest/structure/document.ts';
import type { DifferenceKind } from '../wire.ts';

/** A real quotation changed in one way. `kinds`: what the differences must be told as, none for a quotation put together. */
export type QuoteMutation = { name: string; original: string; quote: string; kinds: DifferenceKind[] };

/** Numbers in 0…1 that are the same on every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const toTraditional = Converter({ from: 'cn', to: 't' });
const toFullWidth = (text: string) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const toHalfWidth = (text: string) => text.replace(/[，；：（）－]/gu, (mark) => mark.normalize('NFKC'));
/** Characters and what looks the same: radicals, katakana, another alphabet. */
const LOOK_ALIKES = new Map([
  ...[
    ['民', '⺠'],
    ['青', '⻘'],
    ['长', '⻓'],
    ['见', '⻅'],
    ['贝', '⻉'],
    ['车', '⻋'],
    ['门', '⻔'],
    ['页', '⻚'],
    ['风', '⻛'],
    ['食', '⻝'],
  ],
  ...[
    ['日', '⽇'],
    ['月', '⽉'],
    ['工', '⼯'],
    ['文', '⽂'],
    ['方', '⽅'],
    ['力', 'カ'],
    ['口', 'ロ'],
    ['二', 'ニ'],
    ['土', '士'],
    ['0', 'О'],
  ],
] as [string, string][]);
/** Words that a 不 can stand before. */
const DENIABLE = /愿|应|支持|参加|允许|认为|同意|发展|加强|深化|扩大|推动|继续|能|可|重申|欢迎|是/gu;
const CHANGEABLE = /\p{Script=Han}/u;
const NUMERALS = '〇零一二两三四五六七八九十百千万亿';
const NEGATIONS = '不没未无非勿莫否别';

/** Makes mutations of stretches of paragraphs, one way after the other. */
export class QuoteMutator {
  readonly #random: () => number;
  readonly #paragraphs: readonly Paragraph[];
  readonly #alphabet: string[];

  constructor(paragraphs: readonly Paragraph[], seed: number) {
    this.#random = seededRandom(seed);
    this.#paragraphs = paragraphs;
    this.#alphabet = [...new Set(paragraphs.map(({ text }) => text).join(''))].filter(
      (character) => CHANGEABLE.test(character) && !NUMERALS.includes(character) && !NEGATIONS.includes(character),
    );
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** A stretch of a paragraph, 12 to 120 code units, or the whole of a shorter one. */
  stretch(): string {
    for (;;) {
      const { text } = this.#pick(this.#paragraphs);
      const length = 12 + this.below(109);
      if (text.length < 12) continue;
      const start = this.below(Math.max(1, text.length - length));
      const quote = text.slice(start, start + length).trim();
      if (quote.length >= 12) return quote;
    }
  }

  mutations(count: number): QuoteMutation[] {
    const ways = [
      this.#character,
      this.#addedCharacter,
      this.#lostCharacter,
      this.#negation,
      this.#number,
      this.#swappedNumbers,
      this.#stitched,
      this.#homoglyph,
      this.#traditional,
      this.#fullWidth,
      this.#halfWidthMarks,
      this.#lineBreak,
      this.#lostMark,
      this.#ellipsis,
    ];
    const made: QuoteMutation[] = [];
    for (let turn = 0; made.length < count; turn++) {
      const mutation = ways[turn % ways.length]?.call(this, this.stretch());
      if (mutation && mutation.quote !== mutation.original) made.push(mutation);
    }
    return made;
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Where a pattern matches within the stretch, not at its edges: there a change could be a cut as well. */
  #inside(text: string, pattern: RegExp): RegExpExecArray | undefined {
    const found = [...text.matchAll(pattern)].filter(({ 0: match, index }) => index >= 3 && index + match.length <= text.length - 3);
    return found.length > 0 ? this.#pick(found) : undefined;
  }

  #replaced(
    name: string,
    kinds: DifferenceKind[],
    original: string,
    found: RegExpExecArray | undefined,
    by: string,
  ): QuoteMutation | undefined {
    if (!found) return undefined;
    return { name, kinds, original, quote: original.slice(0, found.index) + by + original.slice(found.index + found[0].length) };
  }

  #ordinary(text: string) {
    return this.#inside(text, new RegExp(`[${this.#alphabet.join('')}]`, 'gu'));
  }

  #character(original: string) {
    return this.#replaced('one character changed', ['word'], original, this.#ordinary(original), this.#pick(this.#alphabet));
  }

  #addedCharacter(original: string) {
    const found = this.#ordinary(original);
    return this.#replaced('one character added', ['word'], original, found, `${found?.[0]}${this.#pick(this.#alphabet)}`);
  }

  #lostCharacter(original: string) {
    return this.#replaced('one character lost', ['word'], original, this.#ordinary(original), '');
  }

  #negation(original: string) {
    const removed = this.#inside(original, /[不未]/gu);
    if (removed && this.#random() < 0.5) return this.#replaced('negation removed', ['negation'], original, removed, '');
    const found = this.#inside(original, DENIABLE);
    return this.#replaced('negation added', ['negation'], original, found, `${this.#pick(['不', '未', '不', '没有'])}${found?.[0]}`);
  }

  #number(original: string) {
    const found = this.#inside(original, /\d+|(?<=第)[一二三四五六七八九十]+/gu);
    const other = found && /\d/.test(found[0]) ? String(Number(found[0]) + 1 + this.below(9)) : this.#pick([...'三四五六七']);
    return this.#replaced('another number', ['number'], original, found, other);
  }

  #swappedNumbers(original: string) {
    const [first, second] = [...original.matchAll(/\d+/gu)].filter(
      ({ 0: match, index }) => index >= 3 && index + match.length <= original.length - 3,
    );
    if (!first || !second) return undefined;
    const between = original.slice(first.index + first[0].length, second.index);
    const quote = `${original.slice(0, first.index)}${second[0]}${between}${first[0]}${original.slice(second.index + second[0].length)}`;
    return { name: 'two numbers swapped', kinds: ['number'] satisfies DifferenceKind[], original, quote };
  }

  #stitched(original: string) {
    return { name: 'two places put together', kinds: [], original, quote: original + this.stretch() };
  }

  #homoglyph(original: string) {
    const found = this.#inside(original, new RegExp(`[${[...LOOK_ALIKES.keys()].join('')}]`, 'gu'));
    return this.#replaced('a look-alike', ['homoglyph'], original, found, LOOK_ALIKES.get(found?.[0] ?? '') ?? '');
  }

  #traditional(original: string) {
    return {
      name: 'traditional script',
      kinds: ['script'] satisfies DifferenceKind[],
      original,
      quote: toTraditional(original) ?? original,
    };
  }

  #fullWidth(original: string) {
    return { name: 'full-width digits', kinds: ['width'] satisfies DifferenceKind[], original, quote: toFullWidth(original) };
  }

  #halfWidthMarks(original: string) {
    return { name: 'half-width marks', kinds: ['width'] satisfies DifferenceKind[], original, quote: toHalfWidth(original) };
  }

  #lineBreak(original: string) {
    const found = this.#ordinary(original);
    return this.#replaced(
      'a line break',
      ['whitespace'],
      original,
      found,
      `${found?.[0]}${this.#pick(['\n', ' ', '\r\n', '\u200b', '　'])}`,
    );
  }

  #lostMark(original: string) {
    return this.#replaced(
      'a mark changed',
      ['punctuation'],
      original,
      this.#inside(original, /[，。；、“”《》]/gu),
      this.#pick(['', '！', '·']),
    );
  }

  #ellipsis(original: string) {
    if (original.length < 30) return undefined;
    const third = Math.floor(original.length / 3);
    const quote = `${original.slice(0, third)}${this.#pick(['……', '…', '...', '[...]'])}${original.slice(-third)}`;
    return { name: 'an ellipsis', kinds: ['omission'] satisfies DifferenceKind[], original, quote };
  }
}
