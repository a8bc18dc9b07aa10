import { createHash } from 'node:crypto';
import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { EmbeddingJournal } from './embedding-journal.ts';

const MODEL = 'test-embedding';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const CHUNKS = ['贸易', '能源', '河流', '铁路', '教育'].map(hashOf);
const vectorOf = (chunk: number) => [chunk + 1, 0.5, -0.25];
const vectorsOf = (chunks: readonly string[]) => new Map(chunks.map((hash) => [hash, vectorOf(CHUNKS.indexOf(hash))]));
const fileIn = (folder: string) => path.join(folder, 'embeddings.journal');

/** A journal of all chunks, appended in two requests. */
async function writtenJournal(): Promise<string> {
  const folder = await temporaryFolder();
  const journal = await EmbeddingJournal.open(folder, MODEL);
  await journal.append(vectorsOf(CHUNKS.slice(0, 2)));
  await journal.append(vectorsOf(CHUNKS.slice(2)));
  await journal.close();
  return folder;
}

async function keptIn(folder: string, model = MODEL): Promise<string[]> {
  const journal = await EmbeddingJournal.open(folder, model);
  const kept = CHUNKS.filter((hash) => journal.has(hash));
  for (const hash of kept) expect(journal.vectorOf(hash)).toEqual(vectorOf(CHUNKS.indexOf(hash)));
  await journal.close();
  return kept;
}

describe('the embedding journal', () => {
  it('gives the next ingest under the same model what an interrupted one was given', async () => {
    const folder = await writtenJournal();
    expect(await keptIn(folder)).toEqual(CHUNKS);
    expect(await keptIn(folder, 'another-model')).toEqual([]);
    expect(await keptIn(folder), 'and asking for another model does not harm it').toEqual(CHUNKS);
  });

  it('is no file before there is something to keep, and none after it is removed', async () => {
    const folder = await temporaryFolder();
    await (await EmbeddingJournal.open(folder, MODEL)).close();
    await expect(stat(fileIn(folder))).rejects.toMatchObject({ code: 'ENOENT' });
    const written = await writtenJournal();
    await EmbeddingJournal.remove(written);
    await expect(stat(fileIn(written))).rejects.toMatchObject({ code: 'ENOENT' });
    await EmbeddingJournal.remove(written);
  });

  it('keeps what is whole, wherever it is cut off or whichever bit is flipped, and takes more behind that', async () => {
    const folder = await writtenJournal();
    const whole = await readFile(fileIn(folder));
    const start = whole.indexOf('\n') + 1;
    const record = (whole.length - start) / CHUNKS.length;
    const damage = fc.record({ place: fc.integer({ min: start, max: whole.length - 1 }), isCut: fc.boolean(), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ place, isCut, bit }) => {
        const damaged = Buffer.from(whole);
        damaged[place] = (damaged[place] ?? 0) ^ (1 << bit);
        await writeFile(fileIn(folder), damaged);
        if (isCut) await truncate(fileIn(folder), place);
        const left = CHUNKS.slice(0, Math.floor((place - start) / record));
        expect(await keptIn(folder)).toEqual(left);

        const journal = await EmbeddingJournal.open(folder, MODEL);
        const missing = CHUNKS.slice(left.length);
        await journal.append(vectorsOf(missing));
        await journal.close();
        expect(await keptIn(folder)).toEqual(CHUNKS);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['', '{', '{"format":0}\n', 'x'.repeat(10_000)])('takes a file that is none (%#) for an empty one', async (content) => {
    const folder = await temporaryFolder();
    await writeFile(fileIn(folder), content);
    expect(await keptIn(folder)).toEqual([]);
  });

  it('begins anew with vectors of another dimension', async () => {
    const folder = await writtenJournal();
    const journal = await EmbeddingJournal.open(folder, MODEL);
    await journal.append(new Map([[hashOf('海关'), [1, 2]]]));
    expect(journal.dimension).toBe(2);
    await journal.close();
    expect(await keptIn(folder)).toEqual([]);
  });

  it('is not fooled by a tail that another program left', async () => {
    const folder = await writtenJournal();
    await appendFile(fileIn(folder), Buffer.alloc(200));
    expect(await keptIn(folder)).toEqual(CHUNKS);
  });
});
