import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { documentsFolder } from '../package-root.ts';
import { SourceReader } from '../reading/source-reader.ts';
import type { SourceDocument } from '../structure/document.ts';
import { parseStructure } from '../structure/parse-structure.ts';
import { readDocumentFile } from '../structure/read-document.ts';

export const statementFile: string = path.join(documentsFolder, 'china-kazakhstan-joint-statement-2019.txt');
export const statementTitle = '中华人民共和国和哈萨克斯坦共和国联合声明';

/** A document made of a text alone. */
export function documentOf(text: string, documentId = 'sample', title = '合作声明'): SourceDocument {
  const { sections, segments, paragraphs } = parseStructure(text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { documentId, title, parties: [], language: 'zh-Hans', signedLanguages: [], sha256, text, sections, segments, paragraphs };
}

/** A document as an ingest reads it, with its sidecar. */
export const readSample = async (file: string): Promise<SourceDocument> => {
  const reader = new SourceReader();
  try {
    return await readDocumentFile(file, reader);
  } finally {
    reader.close();
  }
};

/** Writes texts as `<name>.txt` into a folder, which is made where it is missing. */
export async function writeDocuments(folder: string, texts: Record<string, string>): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, `${name}.txt`), text);
  return folder;
}
