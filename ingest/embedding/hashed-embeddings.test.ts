import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officialText } from '../testing/official-text.ts';
import { startModule } from '../testing/run-program.ts';
import { documentOf, statementFile } from '../testing/sample-document.ts';
import { HASHED_DIMENSION, HashedEmbeddings } from './hashed-embeddings.ts';
import { assertVector } from './vector-gate.ts';

const embeddings = new HashedEmbeddings();

async function similarity(one: string, other: string): Promise<number> {
  const [a, b] = await embeddings.embedDocuments([one, other]);
  return (a ?? []).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0);
}

describe('hashed embeddings', () => {
  it('are unit vectors of 256 numbers that pass the gate, for any text', async () => {
    await fc.assert(
      fc.asyncProperty(officialText(), async (text) => {
        const vector = await embeddings.embedQuery(text);
        assertVector(vector, HASHED_DIMENSION, 'the test');
        expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('depend on the text alone: not on its neighbours, not on the process', async () => {
    const text = '扩大能源合作';
    const vector = await embeddings.embedQuery(text);
    expect(await embeddings.embedDocuments(['别的文字', text])).toContainEqual(vector);
    const { ending } = startModule(`
      import { HashedEmbeddings } from 'ingest/embedding/hashed-embeddings.js';
      console.log(JSON.stringify(await new HashedEmbeddings().embedQuery(${JSON.stringify(text)})));
    `);
    expect(JSON.parse((await ending).stdout)).toEqual(vector);
  });

  it('are the same in traditional and simplified script, in full and half width', async () => {
    expect(await embeddings.embedQuery('擴大能源領域合作')).toEqual(await embeddings.embedQuery('扩大能源领域合作'));
    expect(await embeddings.embedQuery('２０１９年')).toEqual(await embeddings.embedQuery('2019年'));
  });

  it('give a text without words a vector, and always the same', async () => {
    const vector = await embeddings.embedQuery('');
    expect(vector[0]).toBe(1);
    expect(await embeddings.embedQuery('……！？')).toEqual(vector);
  });

  it('bring similar texts closer than different ones', async () => {
    const same = await similarity('双方扩大能源领域合作', '扩大能源合作，深化油气合作');
    expect(same).toBeGreaterThan(await similarity('双方扩大能源领域合作', '共同运营跨界河流引水枢纽'));
    expect(await similarity('扩大能源合作', '扩大能源合作')).toBeCloseTo(1, 6);
  });

  it('find the paragraph that a phrase comes from', async () => {
    const { paragraphs } = documentOf(readFileSync(statementFile, 'utf8'));
    const places = [
      ['霍尔果斯河友谊联合引水枢纽', 'part-3-p2'],
      ['军工军贸合作', 'part-2-item-9'],
      ['叙利亚危机的政治解决', 'part-5-p8'],
    ];
    for (const [phrase = '', place] of places) {
      const scores = await Promise.all(paragraphs.map(({ text }) => similarity(phrase, text)));
      expect(paragraphs[scores.indexOf(Math.max(...scores))]?.paragraphId).toBe(place);
    }
  });
});
