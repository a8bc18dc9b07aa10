import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { termsFolder } from '../package-root.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { keyOfName, readTermBase } from './term-base.ts';

async function writeTerms(files: Record<string, unknown>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const oil = { concept: 'oil', 'zh-Hans': ['石油'], en: ['oil'] };

describe('readTermBase', () => {
  it('reads the concepts of all files, with empty lists for languages not given', async () => {
    const folder = await writeTerms({ 'a.json': [oil], 'b.json': [{ concept: 'gas', ru: [' газ '] }], 'README.md': 'for editors' });
    expect(await readTermBase(folder)).toEqual([
      { concept: 'oil', isName: false, 'zh-Hans': ['石油'], en: ['oil'], ru: [], kk: [] },
      { concept: 'gas', isName: false, 'zh-Hans': [], en: [], ru: ['газ'], kk: [] },
    ]);
  });

  it('reads the repository’s own term base', async () => {
    const concepts = await readTermBase(termsFolder);
    expect(concepts.length).toBeGreaterThan(500);
    expect(concepts.every((concept) => concept['zh-Hans'].length > 0 && concept.en.length > 0)).toBe(true);
  });

  it('refuses a concept defined twice, within a file and across files, naming the file', async () => {
    const across = await writeTerms({ 'a.json': [oil], 'b.json': [oil] });
    await expect(readTermBase(across)).rejects.toMatchObject({ code: 'bad-term-base', message: expect.stringContaining('b.json') });
    await expect(readTermBase(await writeTerms({ 'a.json': [oil, oil] }))).rejects.toMatchObject({
      code: 'bad-term-base',
      message: expect.stringMatching(/a\.json.*“oil”/),
    });
  });

  it.each([
    ['a Chinese name of one character', [{ ...oil, 'zh-Hans': ['石油', '油'] }], 'one character'],
    ['a Chinese name of one rare character', [{ ...oil, 'zh-Hans': ['𠀀'] }], 'one character'],
    ['a misspelt field', [{ ...oil, enn: ['oil'] }], 'enn'],
    ['an empty name', [{ ...oil, en: ['  '] }], 'en'],
    ['a concept with capitals', [{ ...oil, concept: 'Oil' }], 'concept'],
    ['no list', { oil }, 'array'],
    ['no JSON', '[{', 'JSON'],
  ])('refuses %s, naming the file and the fault', async (_, content, fault) => {
    const refusal = readTermBase(await writeTerms({ 'energy.json': content }));
    await expect(refusal).rejects.toMatchObject({ code: 'bad-term-base', message: expect.stringContaining('energy.json') });
    await expect(refusal).rejects.toThrow(fault);
  });

  it('refuses a folder that is not there, naming it', async () => {
    const missing = path.join(await temporaryFolder(), 'missing');
    await expect(readTermBase(missing)).rejects.toMatchObject({ code: 'bad-term-base', message: expect.stringContaining(missing) });
  });
});

describe('keyOfName', () => {
  it('is the same for the forms of a name', () => {
    expect(keyOfName('The Oil Pipelines', 'en')).toBe(keyOfName('oil pipeline', 'en'));
    expect(keyOfName('трансграничные реки', 'ru')).toBe(keyOfName('трансграничных рек', 'ru'));
  });

  it('is none where a name has no content word', () => {
    expect(keyOfName('about the', 'en')).toBeUndefined();
  });
});
