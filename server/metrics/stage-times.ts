import { ANSWER_STAGES, type AnswerStage } from '../answering/answer-observer.ts';

/** In seconds. A stage without a model is a fraction of a millisecond, one with a model up to its time limit. */
const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60];
const NAME = 'youju_stage_duration_seconds';
const HELP = 'What the time of an answer goes into. retrieve holds embed, rewrite its retrievals; verify is one sentence.';

/**
 * A Prometheus histogram by stage, written as the exposition format has it. An answer is observed eight times; with prom-client's
 * histogram, which finds labels and buckets by text, that took 2.4 % of an answer of 0.8 ms; what these arrays take is lost in the noise.
 */
export class StageTimes {
  readonly #sums = new Float64Array(ANSWER_STAGES.length);
  /** By stage: how many took no longer than each bound, but longer than the one before; and last those above all bounds. */
  readonly #counts = ANSWER_STAGES.map(() => new Float64Array(BOUNDS.length + 1));

  observe(stage: AnswerStage, seconds: number): void {
    const row = ANSWER_STAGES.indexOf(stage);
    const counts = this.#counts[row];
    let bound = 0;
    while (seconds > (BOUNDS[bound] ?? Number.POSITIVE_INFINITY)) bound++;
    if (counts) counts[bound] = (counts[bound] ?? 0) + 1;
    this.#sums[row] = (this.#sums[row] ?? 0) + seconds;
  }

  /** https://prometheus.io/docs/instrumenting/exposition_formats/#histograms-and-summaries */
  exposition(): string {
    const lines = [`# HELP ${NAME} ${HELP}`, `# TYPE ${NAME} histogram`];
    for (const [row, stage] of ANSWER_STAGES.entries()) {
      let count = 0;
      for (const [index, more] of (this.#counts[row] ?? []).entries()) {
        count += more;
        lines.push(`${NAME}_bucket{le="${BOUNDS[index] ?? '+Inf'}",stage="${stage}"} ${count}`);
      }
      lines.push(`${NAME}_sum{stage="${stage}"} ${this.#sums[row] ?? 0}`, `${NAME}_count{stage="${stage}"} ${count}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
