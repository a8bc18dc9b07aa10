import type { Span } from './document.ts';

/**
 * Page furniture: what the web page, not the document, printed around the text. Each pattern names one thing that Chinese
 * government sites put there; a block made of nothing else is furniture, and so is such a run before or after the title.
 */
const FURNITURE =
  /\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?|[[【（(]?字[体号][：:]\s*大\s*中\s*小[\]】）)]?|打印本页|关闭窗口|分享到[：:]?|(?:来源|责任编辑|编辑|发布时间|稿源)[：:]\s*[^\s　。，；！？]{0,24}|\s+/gu;

/** Titles of official texts end in the kind of text they are. Tried only where the editor gave no title. */
const TITLE =
  /(?:中华人民共和国|(?:(?!中华人民共和国)\p{Script=Han}){2,12}(?:共和国|王国|联邦))[\p{Script=Han}、·—－（）《》“”]{0,80}?(?:联合声明|联合公报|联合宣言|声明|公报|宣言|条约|协定|协议|备忘录|公约)(?![\p{Script=Han}])(?:（[^）]{0,12}）)?/u;

const TITLE_SUFFIX = /^(?:[（(](?:全文|草案|节选)[）)])?/u;

/** Whether a block holds nothing but page furniture. */
export function isFurniture(block: string): boolean {
  return block.length <= 200 && block.replace(FURNITURE, '') === '';
}

/** What a paragraph has and neither a title nor the furniture around it: then the block only mentions the title. */
const SENTENCE_PUNCTUATION = /[。！？；，.!?;,]|[《“«]$/u;
const GLUED_LENGTH = 200;

function isGluedFurniture(text: string): boolean {
  return text.length <= GLUED_LENGTH && !SENTENCE_PUNCTUATION.test(text.replace(FURNITURE, ''));
}

/**
 * Where in `block` the title stands: the editor's title where given (with a following （全文）), else the longest stretch that
 * reads as the title of an official text, else the whole block if it is short and does not end like a sentence. A paragraph
 * that mentions a title is no title.
 */
export function findTitle(block: string, editorsTitle: string | undefined): Span | undefined {
  if (editorsTitle !== undefined) {
    const start = block.indexOf(editorsTitle);
    if (start < 0) return undefined;
    const titleEnd = start + editorsTitle.length;
    const end = titleEnd + (TITLE_SUFFIX.exec(block.slice(titleEnd, titleEnd + 12))?.[0].length ?? 0);
    return isGluedFurniture(block.slice(0, start)) && isGluedFurniture(block.slice(end)) ? { start, end } : undefined;
  }
  if (block.length > 200) return undefined;
  const match = TITLE.exec(block);
  if (match) {
    const start = match.index;
    const end = start + match[0].length;
    if (isGluedFurniture(block.slice(0, start)) && isGluedFurniture(block.slice(end))) return { start, end };
  }
  return /[。！？；：，.!?;:,]$/u.test(block) ? undefined : { start: 0, end: block.length };
}
