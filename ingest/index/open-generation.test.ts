import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generationParts } from '../testing/generation-parts.ts';
import { keptFolder, removeFolder } from '../testing/temporary-folder.ts';
import { FILES, generationFolder, MANIFEST_FILE, MANIFEST_PROOF_FILE, manifestProof } from './generation-files.ts';
import { openGeneration } from './open-generation.ts';
import { publishGeneration } from './publish-generation.ts';

const EVERY_FILE = [...Object.values(FILES), MANIFEST_FILE, MANIFEST_PROOF_FILE];
/** Where to damage a file: a part of its length in 0…1. */
const PLACES = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1];

const corrupt = { code: 'index-corrupt', message: expect.stringContaining('npm run ingest') };

describe('a damaged generation', () => {
  let dataFolder: string;
  let folder: string;

  beforeAll(async () => {
    dataFolder = await keptFolder();
    const parts = await generationParts({ statement: '双方会谈如下。\n一\n双方同意扩大能源合作。\n二\n双方同意发展贸易。' });
    folder = generationFolder(dataFolder, await publishGeneration(dataFolder, parts));
  });
  afterAll(() => removeFolder(dataFolder));

  /** Damages one file, sees the generation refused by name, and mends the file again. */
  async function expectRefusal(file: string, damage: (content: Buffer) => Buffer): Promise<void> {
    const whole = await readFile(path.join(folder, file));
    await writeFile(path.join(folder, file), damage(Buffer.from(whole)));
    await expect(openGeneration(folder)).rejects.toMatchObject(corrupt);
    await writeFile(path.join(folder, file), whole);
  }

  it.each(EVERY_FILE)('with one bit of %s flipped is refused', async (file) => {
    for (const [turn, place] of PLACES.entries()) {
      await expectRefusal(file, (content) => {
        const position = Math.floor(place * (content.length - 1));
        content[position] = (content[position] ?? 0) ^ (1 << (turn % 8));
        return content;
      });
    }
    expect((await openGeneration(folder)).chunks).toHaveLength(3);
  });

  it('with any bit of its manifest flipped is refused', async () => {
    const { length } = await readFile(path.join(folder, MANIFEST_FILE));
    for (let position = 0; position < length; position += 3) {
      await expectRefusal(MANIFEST_FILE, (content) => {
        content[position] = (content[position] ?? 0) ^ (1 << (position % 8));
        return content;
      });
    }
  });

  it.each(EVERY_FILE)('with %s cut short is refused', async (file) => {
    for (const place of PLACES) await expectRefusal(file, (content) => content.subarray(0, Math.floor(place * (content.length - 1))));
    expect((await openGeneration(folder)).chunks).toHaveLength(3);
  });

  it.each(EVERY_FILE)('with something appended to %s is refused', async (file) => {
    const whole = await readFile(path.join(folder, file));
    await appendFile(path.join(folder, file), '\n');
    await expect(openGeneration(folder)).rejects.toMatchObject(corrupt);
    await writeFile(path.join(folder, file), whole);
  });

  it.each(EVERY_FILE)('without %s is refused, naming it', async (file) => {
    const whole = await readFile(path.join(folder, file));
    await rm(path.join(folder, file));
    await expect(openGeneration(folder)).rejects.toMatchObject({ code: 'index-corrupt', message: expect.stringContaining(file) });
    await writeFile(path.join(folder, file), whole);
  });

  it('of another schema version is refused', async () => {
    const manifest = await readFile(path.join(folder, MANIFEST_FILE), 'utf8');
    const other = manifest.replace(/"schema": \d+/, '"schema": 0');
    const proof = await readFile(path.join(folder, MANIFEST_PROOF_FILE));
    await writeFile(path.join(folder, MANIFEST_FILE), other);
    await writeFile(path.join(folder, MANIFEST_PROOF_FILE), manifestProof(other));
    await expect(openGeneration(folder)).rejects.toMatchObject(corrupt);
    await writeFile(path.join(folder, MANIFEST_FILE), manifest);
    await writeFile(path.join(folder, MANIFEST_PROOF_FILE), proof);
  });
});
