import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generationsFolder, isGenerationName } from './index/generation-files.ts';
import { openCurrentIndex } from './index/open-generation.ts';
import { killRun, measureRun } from './testing/kill-moments.ts';
import { startIngest } from './testing/run-program.ts';
import { writeDocuments } from './testing/sample-document.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const run = (args: string[], environment?: Record<string, string>) => startIngest(args, environment).ending;

describe('npm run ingest', { timeout: 120_000 }, () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      'Usage: ingest',
      'paths',
      '--data-dir',
      '--terms',
      '--watch',
      '--threads',
      '--strict',
      '.pdf',
      'Exit code',
      'Ingesting unchanged text embeds nothing',
    ])
      expect(stdout).toContain(word);
  });

  it('says what it added, kept and removed, in plain lines where it writes into a pipe', async () => {
    const folder = await temporaryFolder();
    const documents = await writeDocuments(path.join(folder, 'documents'), { a: '声明\n双方会谈。\n双方同意。', b: '双方满意。' });
    const args = [documents, '--data-dir', path.join(folder, 'data')];

    const first = await run(args);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^read 2 documents: 3 paragraphs, 3 chunks\nembedded 3\/3 chunks\n2 documents \(2 read, 0 unchanged\), 3 paragraphs; chunks: 3 added \(embedded 3\), 0 kept, 0 removed\npublished generation \d{14}-[0-9a-f]{8}\n$/,
    );
    const second = await run(args);
    expect(second.stdout).toMatch(
      /2 documents \(0 read, 2 unchanged\), 3 paragraphs; chunks: 0 added \(embedded 0\), 3 kept, 0 removed\nnothing changed: generation \S+ stays\n$/,
    );

    await writeFile(path.join(documents, 'a.txt'), '声明\n双方会谈。\n双方商定。');
    await rm(path.join(documents, 'b.txt'));
    const third = await run(args);
    expect(third.stdout).toMatch(
      /1 documents \(1 read, 0 unchanged\), 2 paragraphs; chunks: 1 added \(embedded 1\), 1 kept, 2 removed\npublished generation \S+\n$/,
    );
    for (const { stdout } of [first, second, third]) expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it.each([
    [
      'a path that does not exist',
      ['/no/such/file.txt'],
      {},
      /^no-documents: \/no\/such\/file\.txt does not exist: name a document or a folder of them\n$/,
    ],
    ['a term folder that does not exist', ['--terms', '/no/such/folder'], {}, /^bad-term-base: \/no\/such\/folder cannot be read.*\n$/],
    [
      'a data folder that is a file',
      ['--data-dir', '/dev/null'],
      {},
      /^bad-data-folder: \/dev\/null cannot be written \(EEXIST\): a file stands in its place.*\n$/,
    ],
    [
      'a data folder in a file',
      ['--data-dir', '/dev/null/data'],
      {},
      /^bad-data-folder: \/dev\/null\/data cannot be written \(ENOTDIR\).*\n$/,
    ],
    [
      'a data folder in /proc',
      ['--data-dir', '/proc/nope/data'],
      {},
      /^bad-data-folder: \/proc\/nope\/data cannot be written \(ENOENT\).*\n$/,
    ],
    ['a base URL that is none', [], { OPENAI_BASE_URL: 'localhost' }, /^bad-configuration: environment: [\s\S]*OPENAI_BASE_URL/],
  ])('ends with 1 and one message, no stack, for %s', async (_, args, environment, message) => {
    const folder = await temporaryFolder();
    const { code, stderr } = await run(['--data-dir', folder, ...args], environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('ends with 1 for an option it does not know', async () => {
    expect(await run(['--force'])).toMatchObject({ code: 1, stderr: "error: unknown option '--force'\n" });
  });
});

describe('kill -9 of an ingest', () => {
  /** Two ingests run side by side, each in its own data folder. */
  const KILLS_EACH = 25;
  const PAUSE = 10;
  const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);
  const text = '合作声明\n双方会谈如下。\n一\n双方同意扩大能源合作。双方满意。\n（一）石油。\n（二）天然气。\n二\n双方同意发展贸易。';
  const versions = { energy: text, farming: text.replace('能源', '农业').replace('（二）天然气。', '（二）小麦。\n（三）畜牧。') };

  /** Opens the current index and makes sure that it is one version, whole. */
  async function readVersion(dataFolder: string): Promise<keyof typeof versions> {
    const index = await openCurrentIndex(dataFolder);
    const document = index.documents.get('statement');
    expect(Object.values(versions)).toContain(document?.text);
    const version = document?.text === versions.energy ? 'energy' : 'farming';
    expect(index.chunks).toHaveLength(version === 'energy' ? 5 : 6);
    expect(index.chunkIndex.unitCount).toBe(index.chunks.length);
    expect(index.sentenceIndex.unitCount).toBe(index.sentences.length);
    for (const [unit, { documentId, paragraphId }] of [...index.chunks].entries()) {
      expect(index.paragraph(documentId, paragraphId)).toBeDefined();
      expect(index.vectorIndex.search(index.vectorIndex.vectorOf(unit), 1)[0]?.unit).toBe(unit);
    }
    return version;
  }

  /** Publishes one version, then goes on ingesting the other one and killing that, while a reader opens the index. */
  async function killRepeatedly(moments: number[]): Promise<string> {
    const root = await temporaryFolder();
    for (const [version, content] of Object.entries(versions)) await writeDocuments(path.join(root, version), { statement: content });
    const dataFolder = path.join(root, 'data');
    const ingestArguments = (version: string) => [path.join(root, version), '--data-dir', dataFolder, '--terms', path.join(root, 'terms')];
    await mkdir(path.join(root, 'terms'));
    const duration = await measureRun(ingestArguments('energy'), dataFolder);

    const tally = { kills: 0, finished: 0, published: 0, opens: 0 };
    let isOver = false;
    const reader = (async () => {
      for (; !isOver; tally.opens++) {
        await readVersion(dataFolder);
        await delay(PAUSE);
      }
    })();
    const kill = async (moment: number) => {
      const other = (await readVersion(dataFolder)) === 'energy' ? 'farming' : 'energy';
      const wasKilled = await killRun(ingestArguments(other), dataFolder, duration, moment, tally.kills % 5 === 0);
      if (wasKilled) tally.kills++;
      else tally.finished++;
      if ((await readVersion(dataFolder)) === other) tally.published++;
    };
    try {
      for (const moment of moments) if (tally.kills < KILLS_EACH) await Promise.race([kill(moment), reader]);
      expect(tally.kills).toBe(KILLS_EACH);

      const other = (await readVersion(dataFolder)) === 'energy' ? 'farming' : 'energy';
      expect(await run(ingestArguments(other))).toMatchObject({ code: 0, stderr: '' });
      expect(await readVersion(dataFolder)).toBe(other);
    } finally {
      isOver = true;
    }
    await reader;
    const left = await readdir(generationsFolder(dataFolder));
    expect(left.length).toBe(2);
    expect(left.every(isGenerationName)).toBe(true);
    return JSON.stringify({ ...tally, duration });
  }

  it('at 50 random moments never shows a reader anything but one whole version', { timeout: 300_000 }, async () => {
    console.log(`KILL_SEED=${seed}`);
    const moments = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: 8 * KILLS_EACH });
    const lanes = [moments.slice(0, 4 * KILLS_EACH), moments.slice(4 * KILLS_EACH)].map(killRepeatedly);
    console.log(...(await Promise.all(lanes)));
  });
});
