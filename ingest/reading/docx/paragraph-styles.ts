import type { Element } from '@xmldom/xmldom';
import { attributeOf, childOf, childrenOf, numberOf, propertyOf } from './word-elements.ts';

/** The numbering of a paragraph: an instance of a list and a level, 0…8. */
export type NumberingReference = { numId: number; level: number };

type Style = { name: string; basedOn?: string; numbering?: Partial<NumberingReference> };

/** Styles are based on each other; a circle is no style. */
const LONGEST_CHAIN = 32;

export class ParagraphStyles {
  readonly #styles = new Map<string, Style>();

  constructor(root: Element | undefined) {
    for (const style of childrenOf(root)) {
      const id = attributeOf(style, 'styleId');
      if (id === undefined) continue;
      const numbering = readNumbering(childOf(style, 'pPr'));
      this.#styles.set(id, { name: (propertyOf(style, 'name') ?? id).toLowerCase(), basedOn: propertyOf(style, 'basedOn'), numbering });
    }
  }

  /** The numbering that a paragraph has itself or by its style; `numId` 0 takes away what the style gives. */
  numberingOf(properties: Element | undefined): NumberingReference | undefined {
    const own = readNumbering(properties);
    const inherited = this.#chain(propertyOf(properties, 'pStyle')).map(({ numbering }) => numbering);
    const given = [own, ...inherited].filter((numbering) => numbering !== undefined);
    const numId = given.find((numbering) => numbering.numId !== undefined)?.numId;
    if (numId === undefined || numId === 0) return undefined;
    const level = given.find((numbering) => numbering.level !== undefined)?.level ?? 0;
    return { numId, level: Math.min(8, Math.max(0, level)) };
  }

  isTitle(properties: Element | undefined): boolean {
    return this.#chain(propertyOf(properties, 'pStyle')).some(({ name }) => name === 'title');
  }

  /** Whether it is an entry of a table of contents. */
  isContentsEntry(properties: Element | undefined): boolean {
    return this.#chain(propertyOf(properties, 'pStyle')).some(({ name }) => /^toc (?:\d|heading)$/.test(name));
  }

  #chain(id: string | undefined): Style[] {
    const chain: Style[] = [];
    for (let next = id; next !== undefined && chain.length < LONGEST_CHAIN; ) {
      const style = this.#styles.get(next);
      if (style) chain.push(style);
      next = style?.basedOn;
    }
    return chain;
  }
}

function readNumbering(properties: Element | undefined): Partial<NumberingReference> | undefined {
  const reference = childOf(properties, 'numPr');
  return reference && { numId: numberOf(reference, 'numId'), level: numberOf(reference, 'ilvl') };
}
