import { DOMParser, type Element, ParseError } from '@xmldom/xmldom';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { YoujuError } from '../../youju-error.ts';

/** The parts of a Word file that hold text, or say how it is numbered. */
const PARTS = {
  document: 'word/document.xml',
  styles: 'word/styles.xml',
  numbering: 'word/numbering.xml',
  footnotes: 'word/footnotes.xml',
  endnotes: 'word/endnotes.xml',
  properties: 'docProps/core.xml',
} as const;

/** The root elements of the parts that a file has. */
export type DocxParts = { document: Element } & { [part in Exclude<keyof typeof PARTS, 'document'>]?: Element };

/** A thousand pages of text are about 20 MB of XML. */
const MOST_BYTES = 100 * 2 ** 20;
/** XML packs 10 to 50 times; DEFLATE at its best 1,032 times, which is what bombs are made of. */
const HIGHEST_RATIO = 200;
const RATIO_MATTERS_FROM = 2 ** 20;
const MOST_ENTRIES = 10_000;

/**
 * Unpacks what is needed of a Word file and nothing else, within bounds that are checked before a byte is unpacked.
 * @throws YoujuError `bad-document` for what is encrypted, no Word file, broken or a bomb
 */
export function unpackDocx(bytes: Uint8Array): DocxParts {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw refusalOfCompoundFile(bytes);
  const files = unpack(bytes);
  const root = (part: keyof typeof PARTS) => {
    const xml = files[PARTS[part]];
    return xml && parseXml(xml, PARTS[part]);
  };
  const document = root('document');
  if (!document) throw new YoujuError('bad-document', `is no Word document: it has no ${PARTS.document}`);
  return {
    document,
    styles: root('styles'),
    numbering: root('numbering'),
    footnotes: root('footnotes'),
    endnotes: root('endnotes'),
    properties: root('properties'),
  };
}

/** Word encrypts by putting the packed file into a compound file, the container of the old .doc format. */
function refusalOfCompoundFile(bytes: Uint8Array): YoujuError {
  const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return new YoujuError(
    'bad-document',
    isEncrypted ? 'is encrypted: save it without a password' : 'is in the old .doc format: save it as .docx',
  );
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  const wanted: ReadonlySet<string> = new Set(Object.values(PARTS));
  let entries = 0;
  let total = 0;
  const filter = ({ name, size, originalSize }: UnzipFileInfo) => {
    if (++entries > MOST_ENTRIES) throw new YoujuError('bad-document', `is a zip file of more than ${MOST_ENTRIES} entries`);
    if (!wanted.has(name)) return false;
    total += originalSize;
    const isBomb = total > MOST_BYTES || (originalSize > RATIO_MATTERS_FROM && originalSize > HIGHEST_RATIO * size);
    if (isBomb) throw new YoujuError('bad-document', `is a zip bomb: ${name} unpacks to ${Math.ceil(originalSize / 2 ** 20)} MB`);
    return true;
  };
  try {
    return unzipSync(bytes, { filter });
  } catch (cause) {
    if (cause instanceof YoujuError) throw cause;
    throw new YoujuError('bad-document', 'is broken: it cannot be unpacked', { cause });
  }
}

function parseXml(bytes: Uint8Array, part: string): Element | undefined {
  const xml = new TextDecoder().decode(bytes);
  // Word writes none; entities are declared there.
  if (xml.slice(0, 1000).includes('<!DOCTYPE')) throw new YoujuError('bad-document', `is no Word document: ${part} has a document type`);
  const strict = (level: string, message: string) => {
    if (level !== 'warning') throw new YoujuError('bad-document', `is broken: ${part}: ${message.split('\n')[0]}`);
  };
  try {
    return new DOMParser({ onError: strict }).parseFromString(xml, 'text/xml').documentElement ?? undefined;
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new YoujuError('bad-document', `is broken: ${part} is no XML`, { cause });
  }
}
