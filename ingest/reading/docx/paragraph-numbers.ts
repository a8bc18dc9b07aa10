import type { Element } from '@xmldom/xmldom';
import { formatListNumber } from '../list-numbers.ts';
import type { NumberingReference } from './paragraph-styles.ts';
import { attributeOf, childOf, childrenOf, isOn, numberOf, propertyOf } from './word-elements.ts';

/** A level of a list: `text` has %1…%9 for the numbers of the levels, `restartsAfter` the 1-based level that sets it back. */
type Level = { start: number; format: string; text: string; isPlain: boolean; hasGap: boolean; restartsAfter?: number };
type List = { abstractId: string; levels: Map<number, Level>; startOverrides: Map<number, number> };

/** What stands close to what follows: 一、 and （一）, but not 1. */
const WIDE_END = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]$/u;

/** Counts the lists of a document as Word does when it shows it (ECMA-376 §17.9): the numbers are not in the text. */
export class ParagraphNumbers {
  readonly #lists = new Map<number, List>();
  /** Lists of one definition count on from each other. */
  readonly #counters = new Map<string, (number | undefined)[]>();
  readonly #overridden = new Set<string>();

  constructor(root: Element | undefined) {
    const definitions = new Map<string, Map<number, Level>>();
    const linked = new Map<string, Map<number, Level>>();
    for (const element of childrenOf(root)) {
      if (element.localName !== 'abstractNum') continue;
      const levels = readLevels(element);
      definitions.set(attributeOf(element, 'abstractNumId') ?? '', levels);
      const style = propertyOf(element, 'styleLink');
      if (style !== undefined) linked.set(style, levels);
    }
    for (const element of childrenOf(root)) {
      // A definition may be kept with a list style and be only named here.
      const style = element.localName === 'abstractNum' ? propertyOf(element, 'numStyleLink') : undefined;
      const levels = style === undefined ? undefined : linked.get(style);
      if (levels) definitions.set(attributeOf(element, 'abstractNumId') ?? '', levels);
    }
    for (const element of childrenOf(root)) if (element.localName === 'num') this.#addList(element, definitions);
  }

  /** The number in front of the next paragraph of a list, with the space behind it; empty for a bullet. */
  next({ numId, level }: NumberingReference): string {
    const list = this.#lists.get(numId);
    const definition = list?.levels.get(level);
    if (!list || !definition) return '';
    const counters = this.#count(numId, list, level, definition);
    if (definition.format === 'bullet' || definition.format === 'none') return '';
    const label = definition.text.replace(/%([1-9])/g, (_, place: string) => {
      const at = Number(place) - 1;
      const shown = list.levels.get(at);
      const format = definition.isPlain ? 'decimal' : (shown?.format ?? 'decimal');
      return formatListNumber(format, counters[at] ?? shown?.start ?? 1);
    });
    return label === '' || !definition.hasGap || WIDE_END.test(label) ? label : `${label} `;
  }

  #count(numId: number, list: List, level: number, definition: Level): (number | undefined)[] {
    const counters = this.#counters.get(list.abstractId) ?? [];
    this.#counters.set(list.abstractId, counters);
    const override = list.startOverrides.get(level);
    const key = `${numId} ${level}`;
    if (override !== undefined && !this.#overridden.has(key)) counters[level] = override;
    else counters[level] = counters[level] === undefined ? (override ?? definition.start) : counters[level] + 1;
    this.#overridden.add(key);
    for (let deeper = level + 1; deeper < 9; deeper++) {
      const after = list.levels.get(deeper)?.restartsAfter;
      if (after === undefined || (after > 0 && level < after)) counters[deeper] = undefined;
    }
    return counters;
  }

  #addList(element: Element, definitions: ReadonlyMap<string, Map<number, Level>>): void {
    const abstractId = propertyOf(element, 'abstractNumId') ?? '';
    const levels = new Map(definitions.get(abstractId));
    const startOverrides = new Map<number, number>();
    for (const override of childrenOf(element)) {
      if (override.localName !== 'lvlOverride') continue;
      const level = Number(attributeOf(override, 'ilvl') ?? 0);
      const replacement = childOf(override, 'lvl');
      if (replacement) levels.set(level, readLevel(replacement));
      const start = numberOf(override, 'startOverride');
      if (start !== undefined) startOverrides.set(level, start);
    }
    this.#lists.set(Number(attributeOf(element, 'numId')), { abstractId, levels, startOverrides });
  }
}

function readLevels(definition: Element): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const element of childrenOf(definition)) {
    if (element.localName === 'lvl') levels.set(Number(attributeOf(element, 'ilvl') ?? 0), readLevel(element));
  }
  return levels;
}

const readLevel = (element: Element): Level => ({
  start: numberOf(element, 'start') ?? 1,
  format: propertyOf(element, 'numFmt') ?? 'decimal',
  text: propertyOf(element, 'lvlText') ?? '',
  isPlain: isOn(element, 'isLgl'),
  hasGap: propertyOf(element, 'suff') !== 'nothing',
  restartsAfter: numberOf(element, 'lvlRestart'),
});
