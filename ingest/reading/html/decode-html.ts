import chardet from 'chardet';
import { YoujuError } from '../../youju-error.ts';

/** A charset is declared in the first kilobyte (HTML §4.2.5.4); saved pages put comments and scripts in front. */
const DECLARATION_BYTES = 4096;
const DECLARATION = /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})/i;

const BYTE_ORDER_MARKS: { encoding: string; mark: number[] }[] = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
];

/**
 * Decodes a page by its byte order mark, else by the charset that it declares, else by what its bytes are. A declaration that the
 * bytes do not keep to is not believed; nothing is ever replaced by �.
 * @throws YoujuError `bad-document`
 */
export function decodeHtml(bytes: Uint8Array): string {
  const marked = BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte));
  const candidates = marked ? [marked.encoding] : [declaredEncoding(bytes), 'utf-8', detectedEncoding(bytes)];
  for (const encoding of candidates) {
    const text = encoding === undefined ? undefined : decodeStrictly(bytes, encoding);
    if (text !== undefined) return text;
  }
  throw new YoujuError(
    'bad-document',
    'does not keep to the encoding that it declares, or declares none and shows none clearly: save it as UTF-8',
  );
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const label = DECLARATION.exec(head)?.[1]?.toLowerCase();
  // What could be read as ASCII up to here is not UTF-16, whatever it says.
  return label?.startsWith('utf-16') ? 'utf-8' : label;
}

/** What the documents of Youju's languages are in, when they are not in UTF-8. */
const DETECTABLE = new Set(['GB18030', 'Big5', 'windows-1251', 'KOI8-R']);
/** On a few words the statistics give 10 to every Chinese encoding, on a paragraph 60 to 100 to the right one. */
const LEAST_CONFIDENCE = 30;
const DETECTION_BYTES = 65_536;

/** Told by the statistics of the first part of the page, and only where they are clear: a wrong guess would be quoted. */
function detectedEncoding(bytes: Uint8Array): string | undefined {
  const [best] = chardet.analyse(bytes.subarray(0, DETECTION_BYTES)).filter(({ name }) => DETECTABLE.has(name));
  return best && best.confidence >= LEAST_CONFIDENCE ? best.name : undefined;
}

/** GB 2312 and GBK are read as GB 18030, which holds both. */
const isChinese = (encoding: string) => /^(?:gb_?2312|gbk|x-gbk|gb18030)/i.test(encoding);

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(isChinese(encoding) ? 'gb18030' : encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // An encoding that nobody knows, or bytes that are not in it.
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}
