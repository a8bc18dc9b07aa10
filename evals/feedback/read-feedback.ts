import { readFile } from 'node:fs/promises';
import { parseEnvironment } from '../../ingest/ingest-configuration.ts';
import { openStore } from '../../ingest/open-store.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import { type FeedbackRecord, feedbackRecordSchema } from '../../server/feedback/feedback-record.ts';
import { feedbackFile } from '../../server/feedback/record-feedback.ts';
import { SharedFeedback } from '../../server/feedback/shared-feedback.ts';
import { serverEnvironment } from '../../server/server-configuration.ts';

/** Records in their order, and how many lines of a file, or rows of a table, are none (cut off by a crash, edited by hand). */
export type Feedback = { records: FeedbackRecord[]; unreadableLines: number };

/**
 * The feedback where the environment says that servers keep it: in the database, or in DATA_DIR.
 * @throws YoujuError `no-feedback`, `store-unavailable`
 */
export async function readKeptFeedback(environment: NodeJS.ProcessEnv): Promise<Feedback> {
  const configuration = parseEnvironment(serverEnvironment, environment);
  const { database } = await openStore(configuration);
  if (!database) return readFeedback(feedbackFile(configuration.DATA_DIR));
  const { records, unreadable } = await new SharedFeedback(database).read();
  return { records, unreadableLines: unreadable };
}

/** @throws YoujuError `no-feedback` where the file cannot be read */
export async function readFeedback(file: string): Promise<Feedback> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new YoujuError('no-feedback', `${file} cannot be read: name a file such as <DATA_DIR>/feedback/feedback.jsonl`, { cause });
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const records = lines.flatMap((line) => readRecord(line) ?? []);
  return { records, unreadableLines: lines.length - records.length };
}

function readRecord(line: string): FeedbackRecord | undefined {
  try {
    return feedbackRecordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
