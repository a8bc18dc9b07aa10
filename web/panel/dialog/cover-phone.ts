import type { PageSheet } from '../panel-styles.ts';

/** Small screens, upright or on their side: the panel covers them whole. */
const PHONE = '(max-width: 480px), (max-height: 480px) and (pointer: coarse)';

export const coversScreen = (): boolean => matchMedia(PHONE).matches;

/** A finger, for which focusing a text field brings up the keyboard. */
export const isTouched = (): boolean => matchMedia('(pointer: coarse)').matches;

/**
 * Fits a panel that covers the screen into what the keyboard leaves of it, and holds the page behind it still.
 * `interactive-widget=resizes-content` would do the former, but only the page's author can set that, and Safari has none of it.
 */
export function coverPhone(dialog: HTMLElement, lock: PageSheet): () => void {
  const viewport = window.visualViewport;
  const fitScreen = () => {
    // Zoomed in with two fingers, the visitor looks at a part of the panel; the panel stays as it is.
    if (!viewport || viewport.scale > 1.01) return;
    dialog.style.setProperty('--screen-height', `${viewport.height}px`);
    dialog.style.setProperty('--screen-top', `${viewport.offsetTop}px`);
  };
  fitScreen();
  lock.adopt();
  viewport?.addEventListener('resize', fitScreen);
  viewport?.addEventListener('scroll', fitScreen);
  return () => {
    viewport?.removeEventListener('resize', fitScreen);
    viewport?.removeEventListener('scroll', fitScreen);
    dialog.style.removeProperty('--screen-height');
    dialog.style.removeProperty('--screen-top');
    lock.withdraw();
  };
}
