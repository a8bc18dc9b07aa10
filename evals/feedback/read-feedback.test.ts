import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptFolder, removeFolder, temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { FeedbackLog, feedbackFile } from '../../server/feedback/record-feedback.ts';
import { feedbackRecord } from '../../server/testing/feedback-records.ts';
import { readFeedback } from './read-feedback.ts';

describe('reading feedback', () => {
  test('law: what the server wrote is read back, past lines that a crash cut off', async () => {
    const torn = fc.constantFrom('', '{"at":"2026-01-01T', '{"at":"2026-01-01T00:00:00.000Z","answerId":"\u2028', '{', 'null');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(torn, feedbackRecord), { maxLength: 6 }), async (written) => {
        const dataFolder = await keptFolder();
        await mkdir(path.dirname(feedbackFile(dataFolder)));
        await writeFile(feedbackFile(dataFolder), '');
        for (const [crash, record] of written) {
          await appendFile(feedbackFile(dataFolder), crash);
          await new FeedbackLog(dataFolder).append(record);
        }
        const feedback = await readFeedback(feedbackFile(dataFolder));
        await removeFolder(dataFolder);
        expect(feedback.records).toEqual(written.map(([, record]) => record));
        expect(feedback.unreadableLines).toBe(written.filter(([crash]) => crash !== '').length);
      }),
      { numRuns: 60 },
    );
  });

  test('takes the last line without its end, and no blank line for a broken one', async () => {
    const file = path.join(await temporaryFolder(), 'feedback.jsonl');
    const record = { at: '2026-01-01T00:00:00.000Z', answerId: 'a', rating: 'up', addedLater: true };
    await writeFile(file, `\n${JSON.stringify(record)}\r\n\n{"rating":"up"}\n${JSON.stringify(record)}`);
    const { records, unreadableLines } = await readFeedback(file);
    expect(records).toHaveLength(2);
    expect(unreadableLines).toBe(1);
  });

  test('says which file is not there', async () => {
    await expect(readFeedback('no/such.jsonl')).rejects.toMatchObject({
      code: 'no-feedback',
      message: expect.stringContaining('no/such.jsonl'),
    });
  });
});
