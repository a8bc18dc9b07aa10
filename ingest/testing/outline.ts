import { parseStructure } from '../structure/parse-structure.ts';

/** `paragraphId: text` of every paragraph. */
export const outline = (text: string, editorsTitle?: string): string[] =>
  parseStructure(text, editorsTitle).paragraphs.map(({ paragraphId, text: paragraph }) => `${paragraphId}: ${paragraph}`);
