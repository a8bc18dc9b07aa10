import type { UrlCitation } from '../../protocols/openai/annotate-answer.ts';
import { STATEMENT_ID } from '../statement.ts';
import { getDocument } from './ask.ts';

/** What stands in an element of a page that the server sends. */
function textOfElement(html: string, id: string): string {
  const start = html.indexOf(`id="${id}"`);
  if (start < 0) return '';
  const end = html.indexOf('</p>', start);
  return html.slice(html.indexOf('>', start) + 1, end).replace(/<[^>]*>/g, '');
}

/**
 * Follows every annotation as a reader would, and lists what is wrong: the address must answer 200 with a page that has the
 * paragraph, and what the offsets cut out of the text must be a sentence of it where the answer is an extract.
 */
export async function findWrongAnnotations(
  server: string,
  text: string,
  annotations: readonly UrlCitation[],
  isExtract = true,
): Promise<string[]> {
  const wrong: string[] = [];
  const { paragraphs } = await getDocument(server, STATEMENT_ID);
  for (const { start_index: start, end_index: end, title, url } of annotations) {
    const cut = text.slice(start, end);
    const page = await fetch(url);
    const paragraphId = /#([a-z0-9-]+)/.exec(url)?.[1] ?? '';
    const paragraph = paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
    if (page.status !== 200) wrong.push(`${url} answers ${page.status}`);
    if (!paragraph) wrong.push(`${url} leads to no paragraph`);
    else {
      if (!textOfElement(await page.text(), paragraphId).includes(paragraph.text)) wrong.push(`${url} does not show its paragraph`);
      if (isExtract && !paragraph.text.includes(cut)) wrong.push(`${url} does not say: ${cut}`);
      if (!title.startsWith(paragraph.label)) wrong.push(`${url} is called ${title}`);
    }
    if (cut.trim() !== cut || cut === '') wrong.push(`cuts no sentence: “${cut}”`);
    if (!text.includes(`](${url})`)) wrong.push(`the text has no link to ${url}`);
  }
  return wrong;
}
