import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LexicalIndexBuilder } from '../index/lexical-index-builder.ts';
import { officialText } from '../testing/official-text.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { buildConceptNameTables } from '../text/concept-names.ts';
import { WordTrie } from '../text/word-trie.ts';
import type { AnalysisDictionary, ChunkText } from './analyse-chunks.ts';
import { AnalysisThreads } from './analysis-threads.ts';
import { inOrder } from './in-order.ts';

const dictionary: AnalysisDictionary = {
  concepts: buildConceptNameTables([{ concept: 'energy', 'zh-Hans': ['能源'], en: ['energy'], ru: [], kk: [], isName: false }]),
  words: new WordTrie(['合作', '声明', '发展', '中哈双方合作声明领域的']).tables,
  syllables: new Map([
    ['哈', 'ha'],
    ['明', 'ming'],
  ]),
  nameCharacters: new Set('哈明合'),
};

const chunkOf = (sentences: string[], isEmbedded: boolean): ChunkText => ({
  language: 'zh-Hans',
  context: '合作声明',
  sentences,
  renderings: [{ language: 'en', whole: sentences.join(' '), sentences }],
  keywords: [{ language: 'zh-Hans', keyword: '能源' }],
  isEmbedded,
});
const chunks = fc.array(fc.tuple(fc.array(officialText(60), { minLength: 1, maxLength: 3 }), fc.boolean()), { maxLength: 12 });

describe('analysis', { timeout: 120_000 }, () => {
  let others: AnalysisThreads[];
  const alone = new AnalysisThreads(0, dictionary);
  beforeAll(() => {
    others = [1, 2, 3].map((count) => new AnalysisThreads(count, dictionary));
  });
  afterAll(() => Promise.all(others.map((threads) => threads.close())));

  /** The index of chunks that are analysed so many at a time, and their vectors. */
  async function outcome(threads: AnalysisThreads, given: ChunkText[], batch: number) {
    const batches = Array.from({ length: Math.ceil(given.length / batch) }, (_, at) => given.slice(at * batch, (at + 1) * batch));
    const lexical = new LexicalIndexBuilder((source) => [[source, 1]]);
    const vectors: number[] = [];
    for await (const analysed of inOrder(batches, threads.mostAtOnce, (each) => threads.analyse(each))) {
      lexical.add(analysed.terms);
      vectors.push(...analysed.vectors);
    }
    return { index: lexical.build().toBuffer(), vectors };
  }

  it('comes to the same, byte for byte, in any number of threads and batches', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 5 }), async (given, batch) => {
        const texts = given.map(([sentences, isEmbedded]) => chunkOf(sentences, isEmbedded));
        const expected = await outcome(alone, texts, 100);
        for (const threads of [alone, ...others]) expect(await outcome(threads, texts, batch)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('that loses a thread fails by name, with what to do', async () => {
    const program = path.join(await temporaryFolder(), 'dying-thread.mjs');
    await writeFile(program, `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`);
    const threads = new AnalysisThreads(2, dictionary, program);
    const lost = await Promise.allSettled([1, 2, 3, 4].map(() => threads.analyse([chunkOf(['能源。'], true)])));
    for (const { status, reason } of lost.map((end) => ({ reason: undefined, ...end })))
      expect({ status, reason }).toMatchObject({
        status: 'rejected',
        reason: { code: 'analysis-failed', message: expect.stringMatching(/it ended with code 3.*--threads 0/) },
      });
    await expect(threads.analyse([])).rejects.toMatchObject({ code: 'analysis-failed' });
    await threads.close();
  });

  it('that throws in a thread fails with the reason', async () => {
    const program = path.join(await temporaryFolder(), 'throwing-thread.mjs');
    await writeFile(
      program,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new RangeError('too long'); });`,
    );
    const threads = new AnalysisThreads(1, dictionary, program);
    await expect(threads.analyse([])).rejects.toMatchObject({ code: 'analysis-failed', message: expect.stringContaining('too long') });
    await threads.close();
  });
});
