const SVG = 'http://www.w3.org/2000/svg';

/** A decorative icon from its outline on a 24 × 24 grid: the control around it carries the name. */
export function drawIcon(outline: string): SVGSVGElement {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', outline);
  icon.append(path);
  return icon;
}
