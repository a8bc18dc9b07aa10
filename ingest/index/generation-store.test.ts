import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generationParts } from '../testing/generation-parts.ts';
import { STORES, type TestStore } from '../testing/test-stores.ts';
import { FILES } from './generation-files.ts';
import type { GenerationStore, GenerationWriter } from './generation-store.ts';
import type { QueryTerm } from './lexical-index.ts';
import type { OpenIndex } from './open-generation.ts';
import type { GenerationParts } from './publish-generation.ts';

const TEXT = '双方会谈如下。\n一\n双方同意扩大能源合作。双方满意。\n二\n双方同意发展贸易。';
const parts = generationParts({ statement: TEXT });
const otherParts = generationParts({ statement: TEXT.replace('贸易', '农业') });
const TABLE_FILES = Object.values(FILES).filter((name) => name !== FILES.vectors);

const vectorsOf = ({ chunks, vectorIndex }: GenerationParts) =>
  new Map(chunks.map(({ hash }, unit) => [hash, vectorIndex.vectorOf(unit)] as const));
const hashesOf = ({ chunks }: Pick<GenerationParts, 'chunks'>) => chunks.map(({ hash }) => hash);

/** An ingest without reading: hands over the vectors that are missing, and publishes. */
const publish = (store: GenerationStore, given: GenerationParts): Promise<{ generation: string; embedded: number }> =>
  store.ingesting(async (writer) => {
    const missing = await writer.withoutVector(given.embeddingModel, hashesOf(given));
    const vectors = [...vectorsOf(given)].filter(([hash]) => missing.has(hash));
    await writer.addVectors(given.embeddingModel, new Map(vectors), true);
    return { generation: await writer.publish(given), embedded: vectors.length };
  });

const openPublished = async (store: GenerationStore): Promise<OpenIndex> => store.open((await store.published()) ?? '');

/** Every chunk's own vector, and what the parts' own index says is nearest to it. */
async function expectNearest(index: OpenIndex, { vectorIndex, chunks }: GenerationParts): Promise<void> {
  for (const [unit] of chunks.entries()) {
    const vector = vectorIndex.vectorOf(unit);
    const found = await index.vectorIndex.search(vector, chunks.length);
    const expected = vectorIndex.search(vector, chunks.length);
    expect(found[0]?.unit).toBe(unit);
    expect(found.map(({ unit: each }) => each).toSorted()).toEqual(expected.map(({ unit: each }) => each).toSorted());
    // Half precision keeps three digits.
    for (const { unit: each, similarity } of expected)
      expect(found.find((match) => match.unit === each)?.similarity).toBeCloseTo(similarity, 2);
  }
}

describe.each(STORES)('generations in %s', (_name, create) => {
  let test: TestStore;
  beforeAll(async () => {
    test = await create();
  }, 120_000);
  afterAll(() => test.remove());

  // The cases follow one another, as the generations of one store do.
  it('are none at first', async () => {
    expect(await test.store.published()).toBeUndefined();
    await test.store.ingesting(async ({ previous }) => expect(previous).toBeUndefined());
  });

  it('open for others as what was published', async () => {
    const given = await parts;
    const { generation, embedded } = await publish(test.store, given);
    expect(embedded).toBe(3);
    expect(await test.others.published()).toBe(generation);
    const index = await openPublished(test.others);
    expect(index.manifest).toMatchObject({
      generation,
      embedding: { model: 'test-model', dimension: 256 },
      counts: { documents: 1, paragraphs: 3, chunks: 3, sentences: 4 },
      sources: { statement: given.documents[0]?.sha256 },
    });
    expect([...index.documents.values()]).toEqual(given.documents);
    expect([...index.chunks]).toEqual(given.chunks);
    const terms: QueryTerm[] = [{ view: 'bigram', term: '能源', weight: 1 }];
    const scoresIn = ({ lexicalIndex }: Pick<OpenIndex, 'lexicalIndex'>) =>
      lexicalIndex.score(terms, (chunks, sentences) => structuredClone({ chunks, sentences }));
    expect(scoresIn(index)).toEqual(scoresIn(given));
    await expectNearest(index, given);
  });

  it('are followed by one that needs vectors for what changed only, under the same model', async () => {
    const next = await otherParts;
    const before = new Set(hashesOf(await parts));
    const changed = hashesOf(next).filter((hash) => !before.has(hash));
    expect(changed).toHaveLength(1);
    await test.others.ingesting(async (writer) => {
      expect(writer.previous?.hashes).toEqual(hashesOf(await parts));
      expect(await writer.withoutVector('another-model', hashesOf(next))).toEqual(new Set(hashesOf(next)));
      expect(await writer.withoutVector('test-model', hashesOf(next))).toEqual(new Set(changed));
    });
  });

  it('of before and after a switch both search their own chunks, while both are kept', async () => {
    const before = await openPublished(test.store);
    const { generation, embedded } = await publish(test.others, await otherParts);
    expect(embedded).toBe(1);
    const after = await openPublished(test.store);
    expect(after.manifest.generation).toBe(generation);
    await expectNearest(before, await parts);
    await expectNearest(after, await otherParts);
  });

  it('are two at most: the published one and the one before', async () => {
    const [first, second] = [await test.store.published(), (await publish(test.store, await parts)).generation];
    const third = (await publish(test.store, await otherParts)).generation;
    expect((await test.others.open(second)).manifest.generation).toBe(second);
    expect((await test.others.open(third)).manifest.generation).toBe(third);
    await expect(test.others.open(first ?? '')).rejects.toMatchObject({ code: 'index-corrupt' });
  });

  it('are published by one at a time', async () => {
    await test.store.ingesting(async () => {
      await expect(test.others.ingesting(async () => {})).rejects.toMatchObject({ name: 'YoujuError', code: 'ingest-running' });
    });
    await test.others.ingesting(async () => {});
  });

  it('are not touched by an ingest that fails, and do not switch to one whose chunks have no vectors', async () => {
    const published = await test.store.published();
    const failure = new Error('a document cannot be read');
    await expect(test.store.ingesting(() => Promise.reject(failure))).rejects.toBe(failure);
    const given = await generationParts({ statement: TEXT.replace('贸易', '旅游') });
    await expect(
      test.store.ingesting(async (writer) => {
        await writer.withoutVector(given.embeddingModel, hashesOf(given));
        return writer.publish(given);
      }),
    ).rejects.toMatchObject({ name: 'YoujuError' });
    expect(await test.others.published()).toBe(published);
    await expectNearest(await openPublished(test.others), await otherParts);
  });

  it('are begun again with the vectors that were paid for, where an ingest was broken off', async () => {
    const given = await generationParts({ statement: TEXT.replace('贸易', '金融') });
    const begin = (work: (writer: GenerationWriter, missing: ReadonlySet<string>) => Promise<void>) =>
      test.store.ingesting(async (writer) => work(writer, await writer.withoutVector(given.embeddingModel, hashesOf(given))));
    const broken = begin(async (writer, missing) => {
      expect(missing.size).toBe(1);
      await writer.addVectors(given.embeddingModel, new Map([...vectorsOf(given)].filter(([hash]) => missing.has(hash))), true);
      throw new Error('killed');
    });
    await expect(broken).rejects.toThrow('killed');
    await begin(async (writer, missing) => {
      expect(missing.size).toBe(0);
      const generation = await writer.publish(given);
      await expectNearest(await test.others.open(generation), given);
    });
  });

  it('find every place of what stands in several documents', async () => {
    const given = await generationParts({ statement: TEXT, sister: TEXT });
    await publish(test.store, given);
    const index = await openPublished(test.others);
    const [vector] = vectorsOf(given).values();
    const found = await index.vectorIndex.search(vector ?? [], 2);
    expect(found.map(({ unit }) => index.chunks.at(unit)?.documentId).toSorted()).toEqual(['sister', 'statement']);
  });

  it('open whole, whenever they are opened while others publish', async () => {
    const texts = new Set([TEXT, TEXT.replace('贸易', '农业')]);
    let isDone = false;
    const seen = new Set<string>();
    const reading = (async () => {
      while (!isDone) {
        const index = await openPublished(test.others);
        seen.add(index.manifest.generation);
        expect(texts).toContain(index.documents.get('statement')?.text);
        const [first] = index.chunks;
        expect(index.manifest.counts.chunks).toBe(index.chunks.length);
        expect(first).toBeDefined();
      }
    })();
    for (const given of [await parts, await otherParts, await parts]) {
      const { generation } = await publish(test.store, given);
      await expect.poll(() => seen.has(generation)).toBe(true);
    }
    isDone = true;
    await reading;
  });

  it.each(TABLE_FILES)('are refused with a flipped bit in %s, and replaced by the next ingest', async (file) => {
    const { generation } = await publish(test.store, await parts);
    await test.flipByte(generation, file);
    await expect(test.others.open(generation)).rejects.toMatchObject({ name: 'YoujuError', code: 'index-corrupt' });
    await test.others.ingesting(async ({ previous }) => expect(previous).toBeUndefined());
    const next = await publish(test.others, await otherParts);
    expect((await test.store.open(next.generation)).manifest.generation).toBe(next.generation);
  });
});
