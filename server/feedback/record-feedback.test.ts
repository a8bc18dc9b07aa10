import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptFolder, removeFolder, temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { feedbackRecord } from '../testing/feedback-records.ts';
import type { FeedbackRecord } from './feedback-record.ts';
import { FeedbackLog, feedbackFile } from './record-feedback.ts';

const recordOf = (answerId: string, comment?: string): FeedbackRecord => ({
  at: '2026-01-01T00:00:00.000Z',
  answerId,
  rating: 'up',
  comment,
});
const textOf = (dataFolder: string) => readFile(feedbackFile(dataFolder), 'utf8');
const lineOf = (record: FeedbackRecord) => `${JSON.stringify(record)}\n`;

describe('the feedback file', () => {
  test('is created with its folder on first use, for the operator’s eyes only', async () => {
    const dataFolder = await temporaryFolder();
    await new FeedbackLog(dataFolder).append(recordOf('a'));
    expect(await textOf(dataFolder)).toBe(lineOf(recordOf('a')));
    const file = feedbackFile(dataFolder);
    expect([(await stat(path.dirname(file))).mode & 0o077, (await stat(file)).mode & 0o077]).toEqual([0, 0]);
  });

  test('is gone on with by the next process', async () => {
    const dataFolder = await temporaryFolder();
    await new FeedbackLog(dataFolder).append(recordOf('before'));
    await new FeedbackLog(dataFolder).append(recordOf('after'));
    expect(await textOf(dataFolder)).toBe(lineOf(recordOf('before')) + lineOf(recordOf('after')));
  });

  test.each([
    ['in its middle', '{"at":"2026-01-01T00:00'],
    ['in the middle of a character', Buffer.from('{"comment":"水').subarray(0, -1)],
    ['before its end of line', lineOf(recordOf('whole')).trimEnd()],
  ])('keeps a line that was cut off %s apart from the next', async (_where, torn) => {
    const dataFolder = await temporaryFolder();
    const log = new FeedbackLog(dataFolder);
    await log.append(recordOf('before'));
    await appendFile(feedbackFile(dataFolder), torn);
    const bytes = await readFile(feedbackFile(dataFolder));
    await log.append(recordOf('after'));
    await log.append(recordOf('last'));
    const appended = `\n${lineOf(recordOf('after'))}${lineOf(recordOf('last'))}`;
    expect(await readFile(feedbackFile(dataFolder))).toEqual(Buffer.concat([bytes, Buffer.from(appended)]));
  });

  test('is begun anew after the operator moved it away', async () => {
    const dataFolder = await temporaryFolder();
    const log = new FeedbackLog(dataFolder);
    await log.append(recordOf('before'));
    await rename(path.dirname(feedbackFile(dataFolder)), path.join(dataFolder, 'moved'));
    await log.append(recordOf('after'));
    expect(await textOf(dataFolder)).toBe(lineOf(recordOf('after')));
    expect(await readFile(path.join(dataFolder, 'moved', 'feedback.jsonl'), 'utf8')).toBe(lineOf(recordOf('before')));
  });

  test('never grows over its size, loses nothing of what is there, and takes what still fits', async () => {
    const dataFolder = await temporaryFolder();
    const size = 3 * lineOf(recordOf('a')).length;
    const log = new FeedbackLog(dataFolder, size);
    for (const answerId of ['a', 'b']) await log.append(recordOf(answerId));
    await expect(log.append(recordOf('c', 'too long'))).rejects.toMatchObject({
      code: 'feedback-full',
      message: expect.stringMatching(/move it away/),
    });
    await log.append(recordOf('d'));
    await expect(log.append(recordOf('e'))).rejects.toMatchObject({ code: 'feedback-full' });
    expect(await textOf(dataFolder)).toBe(['a', 'b', 'd'].map((answerId) => lineOf(recordOf(answerId))).join(''));
    await rm(feedbackFile(dataFolder));
    await log.append(recordOf('f'));
    expect(await textOf(dataFolder)).toBe(lineOf(recordOf('f')));
  });
});

describe('a disk that fails', () => {
  test('is told, and forgotten once it is mended', async () => {
    const dataFolder = await temporaryFolder();
    const inTheWay = path.dirname(feedbackFile(dataFolder));
    await writeFile(inTheWay, 'a file where the folder should be');
    const log = new FeedbackLog(dataFolder);
    await expect(log.append(recordOf('a'))).rejects.toMatchObject({
      code: 'feedback-not-stored',
      message: expect.stringContaining(feedbackFile(dataFolder)),
      cause: { code: 'EEXIST' },
    });
    await rm(inTheWay);
    await log.append(recordOf('b'));
    expect(await textOf(dataFolder)).toBe(lineOf(recordOf('b')));
  });

  test.skipIf(!existsSync('/dev/full'))('because it is full is told', async () => {
    const dataFolder = await temporaryFolder();
    await mkdir(path.dirname(feedbackFile(dataFolder)));
    await symlink('/dev/full', feedbackFile(dataFolder));
    await expect(new FeedbackLog(dataFolder).append(recordOf('a'))).rejects.toMatchObject({
      code: 'feedback-not-stored',
      cause: { code: 'ENOSPC' },
    });
  });

  test('for one record does not keep the ones behind it from being stored', async () => {
    const dataFolder = await temporaryFolder();
    const log = new FeedbackLog(dataFolder, 2 * lineOf(recordOf('a')).length);
    const outcomes = await Promise.allSettled(
      [recordOf('a'), recordOf('b', 'far too long'), recordOf('c')].map((record) => log.append(record)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await textOf(dataFolder)).toBe(lineOf(recordOf('a')) + lineOf(recordOf('c')));
  });
});

test('law: records appended at once stand in the file in their order, a line each, whoever reads the lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(feedbackRecord, { maxLength: 6 }), async (records) => {
      const dataFolder = await keptFolder();
      const log = new FeedbackLog(dataFolder);
      await Promise.all(records.map((record) => log.append(record)));
      const text = records.length > 0 ? await textOf(dataFolder) : '';
      await removeFolder(dataFolder);
      const lines = text.split(/[\n\r\v\f\u0085\u2028\u2029]/u);
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line))).toEqual(records);
    }),
    { numRuns: 60 },
  );
});
