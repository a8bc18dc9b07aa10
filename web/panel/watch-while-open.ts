type PanelWatch = {
  onConnection: (isOnline: boolean) => void;
  /** The visitor has moved the focus to something on the page that the panel hides entirely (WCAG 2.2, 2.4.11). */
  onCovered: () => void;
  onResize: () => void;
};

function isWithin(inner: DOMRect, outer: DOMRect): boolean {
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/** What an open panel must notice of the page and the browser, until the signal. */
export function watchWhileOpen(dialog: HTMLElement, signal: AbortSignal, { onConnection, onCovered, onResize }: PanelWatch): void {
  window.addEventListener('online', () => onConnection(true), { signal });
  window.addEventListener('offline', () => onConnection(false), { signal });
  window.addEventListener('resize', onResize, { signal });
  document.addEventListener(
    'focusin',
    ({ target }) => {
      const root = dialog.getRootNode();
      const isOurs = root instanceof ShadowRoot && root.host === target;
      if (isOurs || !(target instanceof Element)) return;
      if (isWithin(target.getBoundingClientRect(), dialog.getBoundingClientRect())) onCovered();
    },
    { signal },
  );
}

/** Remembers which control has the focus; call what it returns once the controls have been built anew. */
export function restoreFocus(dialog: HTMLElement): () => void {
  const root = dialog.getRootNode();
  const active = root instanceof ShadowRoot && dialog.contains(root.activeElement) ? root.activeElement : null;
  const key = active?.getAttribute('data-focus-key');
  return () => {
    if (!active) return;
    const successor = key ? dialog.querySelector(`[data-focus-key="${CSS.escape(key)}"]`) : null;
    (successor instanceof HTMLElement ? successor : dialog).focus({ preventScroll: true });
  };
}
