import { z } from 'zod';

/** One stretch of load. Arrivals keep to their schedule whatever the server does (open loop). */
export const loadPlanSchema = z.object({
  port: z.number().int(),
  /** Arrivals a second. */
  rate: z.number().positive(),
  seconds: z.number().positive(),
  seed: z.number().int(),
  /** What questions are made of. */
  texts: z.array(z.string()).min(1),
  /** The share of requests that hang up within 50 ms. */
  leaving: z.number().min(0).max(1),
  /** Connections at most; a request that finds none free waits for one, and its latency counts that. */
  connections: z.number().int().positive(),
});
export type LoadPlan = z.infer<typeof loadPlanSchema>;

const milliseconds = z.object({ p50: z.number(), p99: z.number(), most: z.number() });

/** What became of the requests of one stretch of load. */
export const loadResultSchema = z.object({
  sent: z.number(),
  /** Answered with 200. */
  answered: z.number(),
  /** Of these, within a second of the time they were scheduled for. */
  answeredInTime: z.number(),
  /** Refused with 429 or 503 and a Retry-After. */
  shed: z.number(),
  /** Whatever else was answered: other statuses, refusals without Retry-After. */
  otherwise: z.record(z.string(), z.number()),
  /** Connections that broke under a request. */
  resets: z.number(),
  /** Requests without a response when the patience was over. */
  silent: z.number(),
  /** Requests that hung up themselves. */
  left: z.number(),
  /** From the scheduled time to the last byte, in milliseconds: of answers, and of refusals. */
  latency: milliseconds,
  shedLatency: milliseconds,
  /** p99 of the answers of each second, by the time they were scheduled for. */
  p99BySecond: z.array(z.number()),
  connectionsOpened: z.number(),
  /** How late requests were written, p99 in milliseconds, and how much of one core the load itself took: above 0.9 it measures itself. */
  lateness: z.number(),
  ownCpu: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

/** The value that this share of a sorted list does not exceed; 0 of an empty one. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

export function summarise(values: readonly number[]): z.infer<typeof milliseconds> {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), most: sorted.at(-1) ?? 0 };
}
