type PanelWatch = {
  onConnection: (isOnline: boolean) => void;
  /** The visitor has moved the focus to something on the page that the panel hides entirely (WCAG 2.2, 2.4.11). */
  onCovered: () => void;
  onResize: () => void;
  /** The browser has found out which voices there are. */
  onVoices: () => void;
};

function isWithin(inner: DOMRect, outer: DOMRect): boolean {
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/** What an open panel must notice of the page and the browser, until the signal. */
export function watchWhileOpen(dialog: HTMLElement, signal: AbortSignal, watch: PanelWatch): void {
  window.addEventListener('online', () => watch.onConnection(true), { signal });
  window.addEventListener('offline', () => watch.onConnection(false), { signal });
  window.addEventListener('resize', watch.onResize, { signal });
  if ('speechSynthesis' in window) speechSynthesis.addEventListener?.('voiceschanged', watch.onVoices, { signal });
  document.addEventListener(
    'focusin',
    ({ target }) => {
      const root = dialog.getRootNode();
      const isOurs = root instanceof ShadowRoot && root.host === target;
      if (isOurs || !(target instanceof Element)) return;
      if (isWithin(target.getBoundingClientRect(), dialog.getBoundingClientRect())) watch.onCovered();
    },
    { signal },
  );
}
