import type { Element } from '@xmldom/xmldom';

/** Elements are told by their local name: the strict variant of the format has other namespaces. */
export function* childrenOf(parent: Element | undefined): Generator<Element> {
  for (let node = parent?.firstChild ?? null; node !== null; node = node.nextSibling) if (isElement(node)) yield node;
}

const isElement = (node: { nodeType: number }): node is Element => node.nodeType === 1;

/** The first child of a name; further names lead on to its children. */
export function childOf(parent: Element | undefined, name: string, ...names: string[]): Element | undefined {
  let found: Element | undefined;
  for (const child of childrenOf(parent)) {
    if (child.localName !== name) continue;
    found = child;
    break;
  }
  const [next, ...others] = names;
  return next === undefined ? found : childOf(found, next, ...others);
}

/** An attribute by its local name, e.g. `val` for `w:val`. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  for (const attribute of element?.attributes ?? []) if (attribute.localName === name) return attribute.value;
  return undefined;
}

/** `w:val` of a child, as properties are written. */
export const propertyOf = (parent: Element | undefined, name: string): string | undefined => attributeOf(childOf(parent, name), 'val');

export function numberOf(parent: Element | undefined, name: string): number | undefined {
  const value = propertyOf(parent, name);
  return value !== undefined && /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Whether a property such as `w:vanish` is there and not switched off. */
export const isOn = (parent: Element | undefined, name: string): boolean =>
  childOf(parent, name) !== undefined && !['0', 'false', 'off'].includes(propertyOf(parent, name) ?? '1');
