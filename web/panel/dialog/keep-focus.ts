/** Where to find the control that takes the place of this one, in the same exchange. */
function pathOf(control: Element): string | undefined {
  const key = control.getAttribute('data-focus-key');
  const exchange = control.closest('[data-exchange]')?.getAttribute('data-exchange');
  if (!key) return undefined;
  return `${exchange ? `[data-exchange="${exchange}"] ` : ''}[data-focus-key="${CSS.escape(key)}"]`;
}

const isShown = (element: Element) => element.getClientRects().length > 0;

/**
 * Runs a change of what the panel shows. A visitor who is on one of its controls stays on it, or on the one in its place; where
 * that is gone, `goHome` says where to. The focus never falls out of the panel: Escape would no longer close it.
 */
export function keepFocus(panel: HTMLElement, goHome: () => void, change: () => void): void {
  const root = panel.getRootNode();
  const focused = () => (root instanceof ShadowRoot && panel.contains(root.activeElement) ? root.activeElement : null);
  const before = focused();
  const path = before && pathOf(before);
  change();
  if (!before || (before === focused() && isShown(before))) return;
  const successor = path ? panel.querySelector(path) : null;
  const isThere = successor instanceof HTMLElement && isShown(successor);
  if (isThere) successor.focus({ preventScroll: true });
  // What is disabled takes no focus.
  if (!isThere || focused() !== successor) goHome();
}
