/** Figures side by side; each row as many cells as there are columns. */
export type BenchmarkTable = { caption?: string; columns: readonly string[]; rows: readonly (readonly string[])[] };

/** How much is measured. */
export type BenchmarkScope = {
  /** Generated collections have so many paragraphs at most. */
  paragraphs: number;
  /** The folder of the XQuAD files, if it was named. */
  xquad?: string;
};

/** One part of docs/benchmarks.md: `about` says what is compared and how, in whole sentences. */
export type BenchmarkPart = {
  title: string;
  about: string;
  /** The environment variable without which it cannot be measured, if there is one. */
  needs?: string;
  measure: (scope: BenchmarkScope) => Promise<BenchmarkTable[]>;
};
