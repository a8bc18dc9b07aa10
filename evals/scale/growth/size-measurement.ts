import { z } from 'zod';

const times = z.object({ median: z.number(), p99: z.number(), mean: z.number() });

/** What an ingest took; seconds of the clock, and of CPU time over all threads. */
export const ingestMeasurementSchema = z.object({ seconds: z.number(), cpuSeconds: z.number() });

/** What an opened index holds and how fast it answers; bytes, and milliseconds of CPU time. */
export const servingMeasurementSchema = z.object({
  paragraphs: z.number(),
  chunks: z.number(),
  sentences: z.number(),
  dimensions: z.number(),
  /** By file of the generation. */
  indexBytes: z.record(z.string(), z.number()),
  /** Resident memory of a process that has opened the index and answered questions. */
  residentBytes: z.number(),
  openSeconds: z.number(),
  retrieval: times,
  answer: times,
});

const sizeMeasurementSchema = servingMeasurementSchema.extend({ ingest: ingestMeasurementSchema });

/** docs/scaling/growth.json */
export const growthSchema = z.object({ measuredOn: z.string(), machine: z.string(), sizes: z.array(sizeMeasurementSchema) });

export type IngestMeasurement = z.infer<typeof ingestMeasurementSchema>;
export type ServingMeasurement = z.infer<typeof servingMeasurementSchema>;
export type SizeMeasurement = z.infer<typeof sizeMeasurementSchema>;
export type Growth = z.infer<typeof growthSchema>;
