import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startIngest, startModule } from '../testing/run-program.ts';
import { writeDocuments } from '../testing/sample-document.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { withIngestLock } from './ingest-lock.ts';

/** A process that takes the lock of a data folder and keeps it. */
async function holdLock(dataFolder: string) {
  const holder = startModule(`
    import { withIngestLock } from 'ingest/index/ingest-lock.js';
    await withIngestLock(${JSON.stringify(dataFolder)}, async () => {
      console.log('held');
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });
  `);
  await holder.printed('held');
  return holder;
}

const running = { code: 'ingest-running' };

describe('the ingest lock', () => {
  it('is held by one process at a time, and free at once after kill -9', async () => {
    const folder = await temporaryFolder();
    const holder = await holdLock(folder);
    await expect(withIngestLock(folder, async () => 'done')).rejects.toMatchObject({
      ...running,
      message: expect.stringContaining(folder),
    });
    holder.child.kill('SIGKILL');
    expect((await holder.ending).signal).toBe('SIGKILL');
    expect(await withIngestLock(folder, async () => 'done')).toBe('done');
  });

  it('is held within one process too', async () => {
    const folder = await temporaryFolder();
    await withIngestLock(folder, async () => {
      await expect(withIngestLock(folder, async () => 'done')).rejects.toMatchObject(running);
    });
    expect(await withIngestLock(folder, async () => 'done')).toBe('done');
  });

  it('is given back when the work fails', async () => {
    const folder = await temporaryFolder();
    await expect(withIngestLock(folder, () => Promise.reject(new Error('full disk')))).rejects.toThrow('full disk');
    expect(await withIngestLock(folder, async () => 'done')).toBe('done');
  });

  it('belongs to a data folder, which is made where it is missing', async () => {
    const folder = await temporaryFolder();
    await withIngestLock(path.join(folder, 'one', 'data'), async () => {
      expect(await withIngestLock(path.join(folder, 'other'), async () => 'done')).toBe('done');
    });
  });
});

describe('a data folder that cannot be written', () => {
  it('is refused, naming it', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    for (const folder of [file, path.join(file, 'data')]) {
      await expect(withIngestLock(folder, async () => 'done')).rejects.toMatchObject({
        code: 'bad-data-folder',
        message: expect.stringContaining(folder),
      });
    }
  });
});

describe('the ingest command', () => {
  it('is refused while another ingest runs, and works as soon as that was killed', async () => {
    const folder = await temporaryFolder();
    const documents = await writeDocuments(path.join(folder, 'documents'), { sample: '双方同意合作。' });
    const dataFolder = path.join(folder, 'data');
    const holder = await holdLock(dataFolder);
    const refused = await startIngest([documents, '--data-dir', dataFolder]).ending;
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^ingest-running: .*try again\n$/) });
    holder.child.kill('SIGKILL');
    await holder.ending;
    expect(await startIngest([documents, '--data-dir', dataFolder]).ending).toMatchObject({ code: 0, stderr: '' });
  });
});
