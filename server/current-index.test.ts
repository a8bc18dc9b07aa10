import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../ingest/index/folder-store.ts';
import {
  currentPointer,
  FILES,
  generationFolder,
  generationsFolder,
  MANIFEST_FILE,
  readCurrent,
} from '../ingest/index/generation-files.ts';
import { startIngest } from '../ingest/testing/run-program.ts';
import { keptFolder, removeFolder } from '../ingest/testing/temporary-folder.ts';
import { CurrentIndex } from './current-index.ts';
import { ask } from './testing/clients/ask.ts';
import { copyOfStatement, EXPO_CITY, EXPO_QUESTION, ingestInto, STATEMENT_FILE } from './testing/statement.ts';
import { startTestServer } from './testing/test-server.ts';

/** A data folder whose generation has one document more than the statement's. */
let other: { dataFolder: string; secondFile: string; generation: string };

beforeAll(async () => {
  const dataFolder = await keptFolder();
  const secondFile = path.join(dataFolder, 'second.txt');
  await writeFile(secondFile, '双方建立月球联合基地。\n基地位于月球南极。\n');
  const { generation } = await ingestInto(dataFolder, [STATEMENT_FILE, secondFile]);
  other = { dataFolder, secondFile, generation };
});

afterAll(() => removeFolder(other.dataFolder));

const localModel = () => new EmbeddingModel({});

/** Puts the other generation into a data folder, as an ingest would, and points to it after `damage`. */
async function publishOther(dataFolder: string, damage: (folder: string) => Promise<unknown> = async () => {}): Promise<void> {
  const folder = generationFolder(dataFolder, other.generation);
  await cp(generationFolder(other.dataFolder, other.generation), folder, { recursive: true });
  await damage(folder);
  await pointTo(dataFolder, other.generation);
}

async function pointTo(dataFolder: string, content: string): Promise<void> {
  await writeFile(`${currentPointer(dataFolder)}.next`, `${content}\n`);
  await rename(`${currentPointer(dataFolder)}.next`, currentPointer(dataFolder));
}

const flipByte = (file: string) => async (folder: string) => {
  const bytes = await readFile(path.join(folder, file));
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(path.join(folder, file), bytes);
};

describe('CurrentIndex', () => {
  test('opens what is published, and opens it once', async () => {
    const dataFolder = await copyOfStatement();
    const index = new CurrentIndex(new FolderStore(dataFolder), localModel());
    expect(index.isReady).toBe(false);
    expect(() => index.get()).toThrow('no index');
    expect(await index.refresh()).toBe(await readCurrent(dataFolder));
    const opened = index.get();
    expect(await index.refresh()).toBeUndefined();
    expect(index.get()).toBe(opened);
  });

  test('takes up a new generation and leaves the old one whole for those who still read it', async () => {
    const dataFolder = await copyOfStatement();
    const index = new CurrentIndex(new FolderStore(dataFolder), localModel());
    await index.refresh();
    const old = index.get();
    await publishOther(dataFolder);
    expect(await index.refresh()).toBe(other.generation);
    expect(index.get().documents.size).toBe(2);
    expect(old.documents.size).toBe(1);
    await rm(generationsFolder(dataFolder), { recursive: true });
    expect(await old.vectorIndex.search(await localModel().embedQuestion(EXPO_QUESTION), 3)).toHaveLength(3);
  });

  test.each<[string, (folder: string) => Promise<unknown>]>([
    ...Object.values(FILES).map((file): [string, (folder: string) => Promise<unknown>] => [`a flipped bit in ${file}`, flipByte(file)]),
    ['a manifest that is cut off', (folder) => writeFile(path.join(folder, MANIFEST_FILE), '{"schema": 1,')],
    ['no manifest', (folder) => rm(path.join(folder, MANIFEST_FILE))],
    ['no vectors', (folder) => rm(path.join(folder, FILES.vectors))],
    ['no folder', (folder) => rm(folder, { recursive: true })],
  ])('refuses a new generation with %s, and the old one goes on serving', async (_damage, damage) => {
    const dataFolder = await copyOfStatement();
    const index = new CurrentIndex(new FolderStore(dataFolder), localModel());
    await index.refresh();
    const old = index.get();
    await publishOther(dataFolder, damage);
    await expect(index.refresh()).rejects.toMatchObject({ name: 'YoujuError', code: 'index-corrupt' });
    expect(index.get()).toBe(old);
  });

  test.each(['../../../etc', 'latest', '', '20990101000000-00000000'])(
    'refuses a pointer that names no generation: “%s”',
    async (content) => {
      const dataFolder = await copyOfStatement();
      const index = new CurrentIndex(new FolderStore(dataFolder), localModel());
      await index.refresh();
      const old = index.get();
      await pointTo(dataFolder, content);
      await expect(index.refresh()).rejects.toMatchObject({ code: 'index-corrupt' });
      expect(index.get()).toBe(old);
    },
  );

  test('refuses an index of another embedding model', async () => {
    const index = new CurrentIndex(new FolderStore(await copyOfStatement()), new EmbeddingModel({ model: 'another-model' }));
    await expect(index.refresh()).rejects.toMatchObject({ code: 'index-mismatch' });
    expect(index.isReady).toBe(false);
  });
});

describe('a server that watches its data folder', () => {
  test('switches to a new generation without a failed request', { timeout: 120_000 }, async () => {
    const dataFolder = await copyOfStatement();
    const server = await startTestServer({ dataFolder });
    onTestFinished(server.close);
    const switched: string[] = [];
    server.currentIndex.watch(
      (generation) => switched.push(generation),
      (error) => switched.push(String(error)),
    );
    const seen = new Set<string>();
    let isDone = false;
    const asking = (async () => {
      // `ask` throws on any status but 200.
      while (!isDone) {
        const answer = await ask(server.url, { question: EXPO_QUESTION });
        expect(answer.answer).toContain(EXPO_CITY);
        seen.add(answer.indexGeneration);
        // The ingest needs the processor, too.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const old = server.currentIndex.get().manifest.generation;
    // In a process of its own, as ingests are: in this one it would keep the server from answering for seconds.
    const { stdout } = await startIngest([STATEMENT_FILE, other.secondFile, '--data-dir', dataFolder]).ending;
    const [, added, kept] = /(\d+) added.*, (\d+) kept/u.exec(stdout) ?? [];
    const [, generation = ''] = /published generation (\S+)/u.exec(stdout) ?? [];
    await expect.poll(() => switched, { timeout: 60_000 }).toEqual([generation]);
    await expect.poll(() => seen.has(generation), { timeout: 60_000 }).toBe(true);
    isDone = true;
    await asking;
    expect(seen).toEqual(new Set([old, generation]));
    expect(Number(kept)).toBeGreaterThan(Number(added));
    const base = await ask(server.url, { question: '月球联合基地位于哪里？' });
    expect(new Set(base.citations.map(({ documentId }) => documentId))).toEqual(new Set(['second']));
  });

  test('tells of a damaged generation once, serves the old one, and takes the next good one', async () => {
    const dataFolder = await copyOfStatement();
    const server = await startTestServer({ dataFolder });
    onTestFinished(server.close);
    const old = server.currentIndex.get().manifest.generation;
    const switched: string[] = [];
    const refused: unknown[] = [];
    await publishOther(dataFolder, flipByte(FILES.vectors));
    server.currentIndex.watch(
      (generation) => switched.push(generation),
      (error) => refused.push(error),
    );
    await expect.poll(() => refused.length, { timeout: 15_000 }).toBe(1);
    expect((await ask(server.url, { question: EXPO_QUESTION })).indexGeneration).toBe(old);
    // Two more looks at the same damage are not told again.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(refused).toMatchObject([{ code: 'index-corrupt' }]);
    const { generation } = await ingestInto(dataFolder, [STATEMENT_FILE]);
    await expect.poll(() => switched, { timeout: 15_000 }).toEqual([generation]);
    expect((await ask(server.url, { question: EXPO_QUESTION })).indexGeneration).toBe(generation);
  });

  test('looks no more once it was stopped', async () => {
    const dataFolder = await copyOfStatement();
    const index = new CurrentIndex(new FolderStore(dataFolder), localModel());
    const switched: string[] = [];
    index.watch(
      (generation) => switched.push(generation),
      () => {},
    );
    index.stop();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(switched).toEqual([]);
  });
});
