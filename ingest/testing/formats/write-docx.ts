import { strToU8, zipSync } from 'fflate';

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A paragraph of text, or of runs that are XML already. */
export const wordParagraph = (text: string, properties = '', runs = `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`) =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${text === '' && runs.includes('></w:t>') ? '' : runs}</w:p>`;

export const numbered = (numId: number, level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`;

/** A level of a list as Word keeps it: `text` has %1 for the number. */
export const wordLevel = (level: number, format: string, text: string, more = '') =>
  `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;

export const wordList = (id: number, ...levels: string[]) => `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`;
export const wordListUse = (numId: number, listId: number, overrides = '') =>
  `<w:num w:numId="${numId}"><w:abstractNumId w:val="${listId}"/>${overrides}</w:num>`;

/** A Word file of these parts; `body` is what stands in `w:body`. */
export function writeDocx(body: string, parts: { numbering?: string; styles?: string; footnotes?: string; title?: string } = {}): Buffer {
  const wrap = (root: string, content: string) =>
    strToU8(`<?xml version="1.0" encoding="UTF-8"?><w:${root} ${NAMESPACE}>${content}</w:${root}>`);
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    'word/document.xml': wrap('document', `<w:body>${body}</w:body>`),
  };
  if (parts.numbering !== undefined) files['word/numbering.xml'] = wrap('numbering', parts.numbering);
  if (parts.styles !== undefined) files['word/styles.xml'] = wrap('styles', parts.styles);
  if (parts.footnotes !== undefined) files['word/footnotes.xml'] = wrap('footnotes', parts.footnotes);
  if (parts.title !== undefined)
    files['docProps/core.xml'] = strToU8(
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(parts.title)}</dc:title></cp:coreProperties>`,
    );
  return Buffer.from(zipSync(files));
}
