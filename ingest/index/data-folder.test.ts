import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { makeFolder } from './data-folder.ts';

describe('makeFolder', () => {
  it('makes what is missing, and is content with what is there', async () => {
    const root = await temporaryFolder();
    const folder = path.join(root, 'one', 'two', 'three');
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(path.join(root, 'one', 'other'))]);
    expect((await stat(folder)).isDirectory()).toBe(true);
    await makeFolder(folder);
    await makeFolder('/');
  });

  it('fails at once where nothing can be made', async () => {
    const root = await temporaryFolder();
    await writeFile(path.join(root, 'file'), '');
    await mkdir(path.join(root, 'folder'));
    for (const [folder, code] of [
      [path.join(root, 'file'), 'EEXIST'],
      [path.join(root, 'file', 'below'), 'ENOTDIR'],
      [path.join(root, 'x'.repeat(300)), 'ENAMETOOLONG'],
      ['/proc/nope', 'ENOENT'],
      ['/proc/nope/below', 'ENOENT'],
    ] as const)
      await expect(makeFolder(folder)).rejects.toMatchObject({ code });
  });
});
