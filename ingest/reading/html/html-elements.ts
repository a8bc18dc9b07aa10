import type { DefaultTreeAdapterTypes } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
export type ParentNode = DefaultTreeAdapterTypes.ParentNode;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

export const isElement = (node: ChildNode | ParentNode): node is Element => 'tagName' in node;

export const attribute = ({ attrs }: Element, name: string): string | undefined => attrs.find((given) => given.name === name)?.value;

/** A declaration of the element's own style. Style sheets are not applied. */
export const ownStyle = (element: Element, property: string): string | undefined =>
  attribute(element, 'style')
    ?.split(';')
    .map((declaration) => declaration.split(':'))
    .find(([name]) => name?.trim().toLowerCase() === property)?.[1]
    ?.trim()
    .toLowerCase();

const UNSEEN = new Set(
  'script style template noscript head title iframe object embed svg math canvas audio video map textarea input datalist'.split(' '),
);

/** Whether an element is never shown, by what it is or by its own attributes. */
export function isUnseen(element: Element): boolean {
  return (
    UNSEEN.has(element.tagName) ||
    attribute(element, 'hidden') !== undefined ||
    ownStyle(element, 'display') === 'none' ||
    ownStyle(element, 'visibility') === 'hidden' ||
    (element.tagName === 'dialog' && attribute(element, 'open') === undefined)
  );
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section select summary table tbody ' +
    'td tfoot th thead tr ul'
  ).split(' '),
);

export const isBlock = ({ tagName }: Element): boolean => BLOCKS.has(tagName);

const NAVIGATION_TAGS = new Set(['nav', 'header', 'footer', 'aside', 'form', 'button', 'select', 'menu', 'dialog', 'search']);
const NAVIGATION_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'complementary', 'search', 'menu', 'menubar', 'toolbar']);
const NAVIGATION_NAMES =
  /^(?:nav|navi|navbar|navigation|menu|submenu|foot|footer|head|header|topbar|toolbar|breadcrumbs?|crumbs?|location|position|sidebar|copyright|shares?|bdsharebuttonbox|related|recommend|comments?|pag(?:ination|er)|banner|search|logo|friend-?links?|links|qrcode|ewm|print|fontsize)$/;

/** Whether an element is built or named as navigation, head, foot or tools of a page. */
export function isNavigation(element: Element): boolean {
  if (NAVIGATION_TAGS.has(element.tagName) || NAVIGATION_ROLES.has(attribute(element, 'role') ?? '')) return true;
  const names = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`.toLowerCase().split(/[\s_-]+/);
  return names.some((name) => NAVIGATION_NAMES.test(name.replace(/\d+$/, '')));
}

/** Where pages, and the content systems of Chinese government sites, say that the document is. */
export function isNamedContent(element: Element): boolean {
  const names = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`.split(/\s+/);
  return (
    element.tagName === 'article' ||
    element.tagName === 'main' ||
    attribute(element, 'role') === 'main' ||
    attribute(element, 'itemprop') === 'articleBody' ||
    names.some((name) => /^(?:UCAP-CONTENT|TRS_Editor|TRS_UEDITOR|pages_content|article-?content|js_content|zoom)$/i.test(name))
  );
}
