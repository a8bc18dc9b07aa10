import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generationParts } from '../testing/generation-parts.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { currentPointer, generationFolder, generationsFolder, MANIFEST_FILE, readCurrent } from './generation-files.ts';
import type { QueryTerm } from './lexical-index.ts';
import { type OpenIndex, openCurrentIndex, openGeneration } from './open-generation.ts';
import { isPublished, publishGeneration, removeLeftovers } from './publish-generation.ts';

const TEXT = '双方会谈如下。\n一\n双方同意扩大能源合作。双方满意。\n二\n双方同意发展贸易。';
const parts = generationParts({ statement: TEXT });
const otherParts = generationParts({ statement: TEXT.replace('贸易', '农业') });

const corrupt = { code: 'index-corrupt' };

describe('a published generation', () => {
  it('opens as what was published', async () => {
    const folder = await temporaryFolder();
    const given = await parts;
    const generation = await publishGeneration(folder, given);
    const index = await openCurrentIndex(folder);
    expect(index.manifest).toMatchObject({
      generation,
      embedding: { model: 'test-model', dimension: 256 },
      counts: { documents: 1, paragraphs: 3, chunks: 3, sentences: 4 },
      sources: { statement: given.documents[0]?.sha256 },
    });
    expect([...index.documents.values()]).toEqual(given.documents);
    expect([...index.chunks]).toEqual(given.chunks);
    expect([...index.sentences].map(({ chunk }) => chunk)).toEqual([0, 1, 1, 2]);
    expect(index.paragraph('statement', 'part-2-p1')?.text).toBe('双方同意发展贸易。');
    expect(index.paragraph('statement', 'part-9-p1')).toBeUndefined();
    const terms: QueryTerm[] = [{ view: 'bigram', term: '能源', weight: 1 }];
    const scoresIn = ({ lexicalIndex }: Pick<OpenIndex, 'lexicalIndex'>) =>
      lexicalIndex.score(terms, (chunks, sentences) => structuredClone({ chunks, sentences }));
    expect(scoresIn(index)).toEqual(scoresIn(given));
    expect(index.vectorIndex.search(given.vectorIndex.vectorOf(1), 3)).toEqual(given.vectorIndex.search(given.vectorIndex.vectorOf(1), 3));
    expect(index.conceptFinder.inChinese('能源合作')).toEqual([{ concept: 'energy', words: ['能源'] }]);
  });

  it('holds nothing but its files, with hashes that sha256sum can check', async () => {
    const folder = await temporaryFolder();
    const generation = await publishGeneration(folder, await parts);
    const files = await readdir(generationFolder(folder, generation));
    const index = await openCurrentIndex(folder);
    expect(files.toSorted()).toEqual([...Object.keys(index.manifest.files), MANIFEST_FILE, 'manifest.sha256'].toSorted());
    expect(await readFile(path.join(generationFolder(folder, generation), 'manifest.sha256'), 'utf8')).toMatch(
      /^[0-9a-f]{64} {2}manifest\.json\n$/,
    );
  });

  it('is known by its parts: other text or another model is not published', async () => {
    const folder = await temporaryFolder();
    await publishGeneration(folder, await parts);
    const { manifest } = await openCurrentIndex(folder);
    expect(isPublished(manifest, await generationParts({ statement: TEXT }))).toBe(true);
    expect(isPublished(manifest, await otherParts)).toBe(false);
    expect(isPublished(manifest, { ...(await parts), embeddingModel: 'another-model' })).toBe(false);
  });
});

describe('publishing', () => {
  it('keeps the previous generation for readers that are just opening it, and no older one', async () => {
    const folder = await temporaryFolder();
    const first = await publishGeneration(folder, await parts);
    const second = await publishGeneration(folder, await otherParts);
    expect(await readCurrent(folder)).toBe(second);
    expect((await openGeneration(generationFolder(folder, first))).manifest.generation).toBe(first);
    const third = await publishGeneration(folder, await parts);
    expect((await readdir(generationsFolder(folder))).toSorted()).toEqual([second, third].toSorted());
  });

  it('leaves an index that is open unharmed, even when its files are gone', async () => {
    const folder = await temporaryFolder();
    await publishGeneration(folder, await parts);
    const open = await openCurrentIndex(folder);
    const before = open.vectorIndex.search(open.vectorIndex.vectorOf(0), 3);
    for (const next of [await otherParts, await parts, await otherParts]) await publishGeneration(folder, next);
    expect(existsSync(generationFolder(folder, open.manifest.generation))).toBe(false);
    expect(open.vectorIndex.search(open.vectorIndex.vectorOf(0), 3)).toEqual(before);
  });

  it('clears what killed builds left behind, and nothing that is not its own', async () => {
    const folder = await temporaryFolder();
    const unfinished = path.join(generationsFolder(folder), 'building-20260101000000-deadbeef');
    const unpublished = generationFolder(folder, '20260101000000-deadbeef');
    const foreign = path.join(generationsFolder(folder), 'notes');
    for (const leftover of [unfinished, unpublished, foreign]) {
      await mkdir(leftover, { recursive: true });
      await writeFile(path.join(leftover, 'chunks.bin'), 'half');
    }
    await writeFile(`${currentPointer(folder)}.next`, 'half a na');
    const generation = await publishGeneration(folder, await parts);
    expect((await readdir(generationsFolder(folder))).toSorted()).toEqual([generation, 'notes']);
    expect((await readdir(folder)).toSorted()).toEqual(['CURRENT', 'generations']);
    expect((await openCurrentIndex(folder)).manifest.generation).toBe(generation);
  });

  it('cleared up after keeps what is published, the one before, and what is not its own', async () => {
    const folder = await temporaryFolder();
    const first = await publishGeneration(folder, await parts);
    const second = await publishGeneration(folder, await otherParts);
    const kept = [first, second, 'notes'].toSorted();
    for (const name of ['building-20260101000000-deadbeef', '20200101000000-deadbeef', '29990101000000-deadbeef', 'notes'])
      await mkdir(generationFolder(folder, name));
    await removeLeftovers(folder);
    expect((await readdir(generationsFolder(folder))).toSorted()).toEqual(kept);
    await writeFile(currentPointer(folder), 'rubbish');
    await removeLeftovers(folder);
    expect((await readdir(generationsFolder(folder))).toSorted(), 'nobody knows which one serves').toEqual(kept);
    await removeLeftovers(path.join(folder, 'missing'));
  });

  it('replaces a CURRENT that names rubbish', async () => {
    const folder = await temporaryFolder();
    await writeFile(currentPointer(folder), 'rubbish');
    const generation = await publishGeneration(folder, await parts);
    expect((await openCurrentIndex(folder)).manifest.generation).toBe(generation);
  });
});

describe('CURRENT', () => {
  it.each(['rubbish', '', '../../etc', '20260101000000-DEADBEEF', '20260101000000-deadbeef/..', '\u0000'])(
    'naming %j is refused',
    async (name) => {
      const folder = await temporaryFolder();
      await publishGeneration(folder, await parts);
      await writeFile(currentPointer(folder), name);
      await expect(openCurrentIndex(folder)).rejects.toMatchObject(corrupt);
    },
  );

  it('naming a folder that holds another generation is refused', async () => {
    const folder = await temporaryFolder();
    const first = await publishGeneration(folder, await parts);
    const second = await publishGeneration(folder, await otherParts);
    await rm(generationFolder(folder, second), { recursive: true });
    await rename(generationFolder(folder, first), generationFolder(folder, second));
    await expect(openCurrentIndex(folder)).rejects.toMatchObject({ ...corrupt, message: expect.stringContaining(first) });
  });

  it('that is a folder is told to the operator', async () => {
    const folder = await temporaryFolder();
    await mkdir(currentPointer(folder));
    await expect(openCurrentIndex(folder)).rejects.toMatchObject({ code: 'bad-data-folder', message: expect.stringContaining('EISDIR') });
  });

  it('naming a generation that is gone is refused', async () => {
    const folder = await temporaryFolder();
    const generation = await publishGeneration(folder, await parts);
    await rm(generationFolder(folder, generation), { recursive: true });
    await expect(openCurrentIndex(folder)).rejects.toMatchObject(corrupt);
  });

  it('is missing where nothing was published yet', async () => {
    const folder = await temporaryFolder();
    await expect(openCurrentIndex(folder)).rejects.toMatchObject({ code: 'index-missing', message: expect.stringContaining(folder) });
    await expect(openCurrentIndex(path.join(folder, 'missing'))).rejects.toMatchObject({ code: 'index-missing' });
  });
});
