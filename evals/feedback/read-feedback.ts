import { readFile } from 'node:fs/promises';
import { YoujuError } from '../../ingest/youju-error.ts';
import { type FeedbackRecord, feedbackRecordSchema } from '../../server/feedback/feedback-record.ts';

/** A feedback file's records in their order, and how many of its lines are none (cut off by a crash, edited by hand). */
export type Feedback = { records: FeedbackRecord[]; unreadableLines: number };

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
