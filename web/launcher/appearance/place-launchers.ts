import type { Position } from '../widget-options.ts';

/** What is placed: the frame around a launcher, and where its panel opens. */
type Placed = { frame: HTMLElement; position: Position };

const CORNERS: Record<Position, 'right' | 'left' | undefined> = {
  'bottom-right': 'right',
  side: 'right',
  'bottom-left': 'left',
  inline: undefined,
};

/** Whether open panels at these positions would cover each other. */
export const shareCorner = (one: Position, other: Position): boolean => {
  return CORNERS[one] !== undefined && CORNERS[one] === CORNERS[other];
};

/**
 * Has the launchers of one corner stand on each other's shoulders, in order. While a panel is open there, the others give way:
 * which of them would lie over the panel and which behind it is up to the order in which scripts arrived.
 */
export function stackLaunchers(launchers: readonly (Placed & { isOpen: boolean })[]): void {
  launchers.forEach(({ frame, position, isOpen }, index) => {
    const isNeighbour = (other: Placed) => other.frame !== frame && shareCorner(other.position, position);
    frame.style.setProperty('--row', String(launchers.slice(0, index).filter(isNeighbour).length));
    frame.toggleAttribute('data-gives-way', !isOpen && launchers.some((other) => other.isOpen && isNeighbour(other)));
  });
}

/**
 * Puts a frame in the top layer: no z-index, transform or overflow of the page gets between the visitor and the widget. In the
 * text it stays where it is, and without popovers it has a fixed position.
 */
export function float({ frame, position }: Placed): void {
  const floats = position !== 'inline' && 'popover' in frame;
  if (!floats) frame.removeAttribute('popover');
  else if (!frame.hasAttribute('popover')) frame.popover = 'manual';
  if (floats && !frame.matches(':popover-open')) frame.showPopover();
}
