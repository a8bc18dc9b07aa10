import { phrasesIn } from '../answering/answer-phrases.ts';
import { type Citation, type Language, languageSchema } from '../wire.ts';
import { markdownLink } from './markdown-link.ts';

/** What a cited place is called where its document is not in sight: 第二部分第（三）项 · 中华人民共和国和哈萨克斯坦共和国联合声明. */
export type TitleOf = (citation: Pick<Citation, 'documentId' | 'label'>) => string;

export const titlesFrom =
  (documents: ReadonlyMap<string, { title: string }>): TitleOf =>
  ({ documentId, label }) => {
    const title = documents.get(documentId)?.title ?? documentId;
    // Where several documents are asked, the label tells which already.
    return label.includes(title) ? label : `${label} · ${title}`;
  };

const opening = (language: Language) => `\n\n${phrasesIn(language).sources}\n\n- [`;

/**
 * The end of an answer for clients that show text alone: each citation as a Markdown link behind its marker. Empty where nothing
 * is cited.
 */
export function listSources(citations: readonly Citation[], titleOf: TitleOf, language: Language): string {
  if (citations.length === 0) return '';
  const items = citations.map((citation) => `${citation.marker}] ${markdownLink(titleOf(citation), citation.url)}`);
  return `${opening(language)}${items.join('\n- [')}`;
}

/** An answer that a client sends back as an earlier turn, without the list: it says nothing that the answer does not. */
export function withoutSources(text: string): string {
  const ends = languageSchema.options.map((language) => text.lastIndexOf(opening(language))).filter((end) => end >= 0);
  return ends.length > 0 ? text.slice(0, Math.max(...ends)) : text;
}
