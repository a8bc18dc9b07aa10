import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCurrentIndex } from './index/open-generation.ts';
import { serveEmbeddings } from './testing/embeddings-endpoint.ts';
import { startIngest } from './testing/run-program.ts';
import { writeDocuments } from './testing/sample-document.ts';
import { answerRightly, type EmbeddingsEndpoint, sendVectors, vectorOf } from './testing/scripted-embeddings.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** Ten requests’ worth, and some that ask for no request of their own. */
const PARAGRAPHS = 650;

async function collection() {
  const root = await temporaryFolder();
  const endpoint = await serveEmbeddings();
  const text = Array.from({ length: PARAGRAPHS }, (_, number) => `双方签署第${number}号文件。`).join('\n');
  const documents = await writeDocuments(path.join(root, 'documents'), { list: `文件目录\n${text}` });
  await writeDocuments(path.join(root, 'terms'), {});
  const dataFolder = path.join(root, 'data');
  const start = (environment: Record<string, string> = {}) =>
    startIngest([documents, '--data-dir', dataFolder, '--terms', path.join(root, 'terms')], {
      EMBEDDING_MODEL: 'test-embedding',
      OPENAI_BASE_URL: endpoint.baseUrl,
      ...environment,
    });
  return { endpoint, dataFolder, start };
}

/** Lets the endpoint answer so many requests, and never any more; `kill` is called when it is asked once more. */
function silenceAfter(endpoint: EmbeddingsEndpoint, requests: number, kill: () => void): void {
  let left = requests;
  endpoint.answerWith((texts, response, authorization) => {
    if (left-- > 0) answerRightly(texts, response, authorization);
    else kill();
  });
}

describe('an ingest with an endpoint that is killed', { timeout: 300_000 }, () => {
  it('wherever it is, is gone on with by the next one: nothing that was kept is asked for again', async () => {
    const moments = fc.sample(fc.integer({ min: 0, max: 9 }), { numRuns: 4, seed: 20191 });
    for (const answered of moments) {
      const { endpoint, dataFolder, start } = await collection();
      const run = start();
      silenceAfter(endpoint, answered, () => run.child.kill('SIGKILL'));
      expect(await run.ending, `${answered} requests answered`).toMatchObject({ signal: 'SIGKILL' });
      await expect(openCurrentIndex(dataFolder)).rejects.toMatchObject({ code: 'index-missing' });

      endpoint.answerWith(answerRightly);
      endpoint.texts.length = 0;
      const { code, stdout } = await start().ending;
      expect(code).toBe(0);
      const resumed = Number(/and (\d+) in an ingest before/u.exec(stdout)?.[1] ?? 0);
      expect(new Set(endpoint.texts).size, 'nothing is asked for twice').toBe(endpoint.texts.length);
      expect(endpoint.texts.length + resumed).toBe(PARAGRAPHS);
      // Answers that were on their way when it was killed are lost: as many as are asked for at a time.
      expect(resumed).toBeGreaterThanOrEqual(64 * Math.max(0, answered - 3));
      expect(resumed).toBeLessThanOrEqual(64 * answered);

      const { chunks, vectorIndex } = await openCurrentIndex(dataFolder);
      const contexts = Array.from(chunks, ({ context }) => context);
      for (const unit of [0, 70, 300, PARAGRAPHS - 1]) {
        // The client asks in one line.
        const embedded = vectorOf(`${contexts[unit]} 双方签署第${unit}号文件。`);
        const cosine = vectorIndex.vectorOf(unit).reduce((sum, value, place) => sum + value * (embedded[place] ?? 0), 0);
        expect(cosine / Math.hypot(...embedded)).toBeCloseTo(1, 5);
      }
      expect(await readdir(dataFolder), 'and nothing is left').toEqual(['CURRENT', 'generations', 'ingest.lock']);
    }
  });

  it('is not gone on with by another model, nor by one of the same name that gives other vectors', async () => {
    const { endpoint, dataFolder, start } = await collection();
    const interrupted = start();
    silenceAfter(endpoint, 5, () => interrupted.child.kill('SIGKILL'));
    await interrupted.ending;
    endpoint.answerWith(answerRightly);
    endpoint.texts.length = 0;
    const others = start({ EMBEDDING_MODEL: 'another-embedding' });
    expect(await others.ending).toMatchObject({ code: 0 });
    expect(endpoint.texts).toHaveLength(PARAGRAPHS);

    await rm(dataFolder, { recursive: true });
    const again = start();
    silenceAfter(endpoint, 5, () => again.child.kill('SIGKILL'));
    await again.ending;
    endpoint.answerWith((texts, response) =>
      sendVectors(
        response,
        texts.map((text) => vectorOf(text).slice(0, 4)),
      ),
    );
    endpoint.texts.length = 0;
    expect(await start().ending).toMatchObject({ code: 0, stdout: expect.stringContaining(`(embedded ${PARAGRAPHS})`) });
    expect(endpoint.texts).toHaveLength(PARAGRAPHS);
    expect((await openCurrentIndex(dataFolder)).vectorIndex.dimension).toBe(4);
  });

  it('with the embedded default completes when it is run again', async () => {
    const { dataFolder, start } = await collection();
    const run = start({ EMBEDDING_MODEL: '' });
    await run.printed('read 1 documents');
    run.child.kill('SIGKILL');
    await run.ending;
    expect(await start({ EMBEDDING_MODEL: '' }).ending).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`(embedded ${PARAGRAPHS})`),
    });
    expect((await openCurrentIndex(dataFolder)).chunks).toHaveLength(PARAGRAPHS);
  });
});
