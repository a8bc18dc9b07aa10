import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSample } from '../testing/sample-document.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readRenderings, renderedSentences } from './read-renderings.ts';
import { splitSentences } from './split-sentences.ts';

async function documentWith(renderings: Record<string, unknown>) {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'note.txt');
  await writeFile(file, '双方发展航天。\n双方种树。');
  await mkdir(path.join(folder, 'note.renderings'));
  for (const [name, content] of Object.entries(renderings))
    await writeFile(path.join(folder, 'note.renderings', name), JSON.stringify(content));
  return { file, document: await readSample(file) };
}

describe('readRenderings', () => {
  it('reads translations and keywords by language', async () => {
    const { file, document } = await documentWith({});
    const [first = '', second = ''] = document.paragraphs.map(({ paragraphId }) => paragraphId);
    await writeFile(
      path.join(path.dirname(file), 'note.renderings', 'en.json'),
      JSON.stringify({ paragraphs: { [first]: 'They develop space.' }, keywords: { [second]: ['forest'] } }),
    );
    const [rendering] = await readRenderings(file, document);
    expect(rendering?.language).toBe('en');
    expect(rendering?.paragraphs.get(first)).toBe('They develop space.');
    expect(rendering?.keywords.get(second)).toEqual(['forest']);
  });

  it('finds none where there is no folder', async () => {
    const { document } = await documentWith({});
    expect(await readRenderings(path.join(await temporaryFolder(), 'other.txt'), document)).toEqual([]);
  });

  it.each([
    ['a paragraph that the document lacks', { paragraphs: { 'part-9-p9': 'x' } }],
    ['a shape of its own', { text: 'x' }],
  ])('refuses %s, naming the file', async (_, content) => {
    const { file, document } = await documentWith({ 'ru.json': content });
    await expect(readRenderings(file, document)).rejects.toMatchObject({
      code: 'bad-rendering',
      message: expect.stringContaining('ru.json'),
    });
  });
});

describe('renderedSentences', () => {
  const original = splitSentences('甲。乙。丙。');

  it('takes the sentences of the same number', () => {
    expect(renderedSentences('One. Two. Three.', original, original.slice(1, 2))).toBe('Two.');
  });

  it('takes the whole paragraph where the numbers differ', () => {
    expect(renderedSentences('One and two. Three.', original, original.slice(1, 2))).toBe('One and two. Three.');
  });
});
