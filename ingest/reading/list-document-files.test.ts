import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeDocuments } from '../testing/sample-document.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { listDocumentFiles } from './list-document-files.ts';

describe('listDocumentFiles', () => {
  it('lists the documents of folders, however deep, once each and in a stable order', async () => {
    const folder = await writeDocuments(await temporaryFolder(), { b: '乙。', a: '甲。' });
    await mkdir(path.join(folder, 'deep', 'er'), { recursive: true });
    await writeDocuments(path.join(folder, 'deep', 'er'), { c: '丙。' });
    await mkdir(path.join(folder, 'saved_files'));
    const others = ['a.json', 'picture.png', '.hidden.txt', '~$open.docx', 'saved_files/frame.html'];
    for (const name of ['Page.HTML', 'old.doc', 'report.pdf', 'text.docx', 'text.md', ...others])
      await writeFile(path.join(folder, name), '');
    const names = ['Page.HTML', 'a.txt', 'b.txt', 'deep/er/c.txt', 'old.doc', 'report.pdf', 'text.docx', 'text.md'];
    const files = names.map((name) => path.join(folder, name));
    expect(await listDocumentFiles([folder, path.join(folder, 'a.txt')])).toEqual(files);
  });

  it('refuses a path that does not exist and a folder without documents', async () => {
    const folder = await temporaryFolder();
    const missing = path.join(folder, 'missing');
    await expect(listDocumentFiles([missing])).rejects.toMatchObject({ code: 'no-documents', message: expect.stringContaining(missing) });
    await expect(listDocumentFiles([folder])).rejects.toMatchObject({ code: 'no-documents', message: expect.stringContaining(folder) });
  });
});
