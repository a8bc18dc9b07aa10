import { type Database, INGESTING_MILLISECONDS } from '../../ingest/database/database.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import { type FeedbackRecord, feedbackRecordSchema } from './feedback-record.ts';
import type { FeedbackStore } from './record-feedback.ts';
import type { RememberedAnswers } from './remember-answers.ts';

/** Bytes, as much as a feedback file takes. */
const LARGEST_TABLE = 64 * 1024 * 1024;
const LOOK_MILLISECONDS = 1000;
/** Ratings that are looked at, and for how long: what no server remembers by then, none ever will. */
const MOST_RATINGS = 1000;
const JOIN_SECONDS = 600;

/**
 * The feedback of all servers of a database. A server rates what another one answered: the rating is kept at once, and the server that
 * remembers the answer adds it. So a question reaches the database only when the visitor who asked sends feedback.
 */
export class SharedFeedback implements FeedbackStore {
  readonly #database: Database;
  readonly #largestTable: number;

  constructor(database: Database, largestTable = LARGEST_TABLE) {
    this.#database = database;
    this.#largestTable = largestTable;
  }

  /** @throws YoujuError `feedback-full`, `store-unavailable` */
  async append(record: FeedbackRecord): Promise<void> {
    const kept = await this.#database.query(
      `insert into youju.feedback (answer_id, record, is_joined) select $1, $2::jsonb, $3 = 'true'
        where pg_total_relation_size('youju.feedback') < $4 returning id`,
      [record.answerId, JSON.stringify(record), String(record.answer !== undefined), this.#largestTable],
    );
    if (kept.length > 0) return;
    const advice = 'read it with `npm run evals -- --from-feedback` and delete old rows, then VACUUM FULL it';
    throw new YoujuError('feedback-full', `youju.feedback at ${this.#database.place} has reached ${this.#largestTable} bytes: ${advice}`);
  }

  /** Adds the answers that this server remembers to ratings that others took, every second. @returns what ends it */
  joinFrom(answers: RememberedAnswers): () => void {
    // What fails while the database is away is looked at again.
    const timer = setInterval(() => void this.join(answers).catch(() => {}), LOOK_MILLISECONDS).unref();
    return () => clearInterval(timer);
  }

  async join(answers: RememberedAnswers): Promise<void> {
    if (answers.isEmpty) return;
    const ratings = await this.#database.query<{ id: string; answer_id: string }>(
      `select id, answer_id from youju.feedback where not is_joined and taken_at > now() - make_interval(secs => $1)
        order by taken_at desc limit $2`,
      [JOIN_SECONDS, MOST_RATINGS],
    );
    for (const { id, answer_id } of ratings) {
      const answer = answers.get(answer_id);
      if (answer)
        await this.#database.query(
          `update youju.feedback set record = record || jsonb_build_object('answer', $2::jsonb), is_joined = true
            where id = $1 and not is_joined`,
          [id, JSON.stringify(answer)],
        );
    }
  }

  /** In the order in which they were taken, and how many rows are none. */
  async read(): Promise<{ records: FeedbackRecord[]; unreadable: number }> {
    const rows = await this.#database.query<{ record: unknown }>('select record from youju.feedback order by id', [], {
      milliseconds: INGESTING_MILLISECONDS,
    });
    const records = rows.flatMap(({ record }) => feedbackRecordSchema.safeParse(record).data ?? []);
    return { records, unreadable: rows.length - records.length };
  }
}
