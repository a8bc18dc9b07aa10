import type { Span } from './document.ts';

/** Line ends, or the two ideographic spaces that indent a Chinese paragraph. */
const SEPARATOR = /[\r\n\u2028\u2029\u0085\f]+|\u3000{2,}/gu;

/** The stretches of text between separators, without the white space around them. Empty ones are left out. */
export function splitBlocks(text: string): Span[] {
  const blocks: Span[] = [];
  let start = 0;
  const add = (end: number) => {
    let from = start;
    let to = end;
    while (from < to && isSpace(text, from)) from++;
    while (to > from && isSpace(text, to - 1)) to--;
    if (to > from) blocks.push({ start: from, end: to });
  };
  for (const match of text.matchAll(SEPARATOR)) {
    add(match.index);
    start = match.index + match[0].length;
  }
  add(text.length);
  return blocks;
}

const isSpace = (text: string, index: number) => /[\s\uFEFF]/u.test(text.charAt(index));

/** How the last paragraph of an agreed text begins: where, when and in which languages it was made. */
const CLOSING =
  /^(?:本(?:联合)?(?:声明|公报|宣言|条约|协定|协议|备忘录|公约)于.{0,40}(?:签署|签订|发表)|\d{4}年\d{1,2}月\d{1,2}日[于在].{0,20}签|(?:Done|Signed|Adopted) (?:at|in|on) |Совершено в |Подписано в )/u;
const SIGNATURE = /[（(](?:签字|签名|签署|signed|подпись|подписано|қолы)[）)]/iu;
const SENTENCE_END = /[。！？.!?]/u;

/**
 * Takes the closing paragraph and the signatures from the end of the document. Signatures glued to the closing paragraph's
 * last sentence (as saved web pages have them) are cut off behind it.
 */
export function splitClosing<Block extends Span & { text: string }>(blocks: Block[]) {
  const body = [...blocks];
  const closing: Block[] = [];
  const signatures: Block[] = [];

  let first = body.length;
  while (first > 0 && body.length - first < 8 && isSignature(body[first - 1]?.text ?? '')) first--;
  signatures.push(...body.splice(first));

  const last = body.at(-1);
  const glued = last ? findGluedSignatures(last.text) : undefined;
  if (last && glued !== undefined) {
    body.pop();
    body.push(cut(last, 0, glued.end));
    signatures.unshift(cut(last, glued.start, last.text.length));
  }
  const final = body.at(-1);
  if (final && body.length > 1 && CLOSING.test(final.text)) closing.push(...body.splice(-1));
  return { body, closing, signatures };
}

const isSignature = (text: string) => text.length <= 200 && SIGNATURE.test(text) && !SENTENCE_END.test(text);

function findGluedSignatures(text: string): { end: number; start: number } | undefined {
  const marker = SIGNATURE.exec(text);
  if (!marker) return undefined;
  const sentenceEnd = Math.max(...['。', '. ', '.\t'].map((stop) => text.lastIndexOf(stop, marker.index)));
  if (sentenceEnd < 0 || text.length - sentenceEnd > 200) return undefined;
  let start = sentenceEnd + 1;
  while (isSpace(text, start)) start++;
  return { end: sentenceEnd + 1, start };
}

function cut<Block extends Span & { text: string }>(block: Block, from: number, to: number): Block {
  return { ...block, start: block.start + from, end: block.start + to, text: block.text.slice(from, to) };
}
