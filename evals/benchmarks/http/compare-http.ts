import path from 'node:path';
import { packageRoot } from '../../../ingest/package-root.ts';
import { type EvalCase, readEvalCases } from '../../statement/eval-case.ts';
import { quantile } from '../take-turns.ts';
import { askInTurn, questionRequest, type Throughput } from './ask-in-turn.ts';
import { recombineQuestions } from './recombine-questions.ts';
import { ServedProgram } from './served-program.ts';

const SEED = 7;
const CONNECTIONS = [16, 64] as const;
const WARM_UP = 4000;
const QUESTIONS_A_RUN = 2000;
const ROUNDS = 7;
const CLIENTS = 1000;

/**
 * Medians over the rounds. `cached`: every question was asked before. `ratio` is of answers and echoes a second, `cpuRatio` of those that a
 * second of CPU time makes: other processes on the machine matter less to it. `ownCpu`: how much of one core asking took, at most.
 */
export type HttpComparison = {
  connections: number;
  cached: boolean;
  ratio: number;
  cpuRatio: number;
  youjuPerSecond: number;
  echoPerSecond: number;
  ownCpu: number;
};

/**
 * The compiled server on an index, all its middleware on (the rate limit counts, but refuses nobody), beside a bare echo of Express 5. Both
 * are asked the same questions by the same client, in turn, each in a process of its own; no question is asked twice, but where it is to
 * be in the cache.
 */
export async function compareHttp(dataFolder: string, logFolder: string): Promise<HttpComparison[]> {
  const questions = await distinctQuestions();
  const youju = await ServedProgram.start('server/main.js', path.join(logFolder, 'youju.log'), [], {
    PORT: '0',
    DATA_DIR: dataFolder,
    TRUST_PROXY_HOPS: '1',
    RATE_LIMIT_PER_MINUTE: '1000000',
  });
  const echo = await ServedProgram.start('evals/benchmarks/http/echo-program.js', path.join(logFolder, 'echo.log'));
  try {
    for (const program of [youju, echo]) await ask(program, questions.take(WARM_UP), 16);
    const comparisons: HttpComparison[] = [];
    for (const cached of [false, true])
      for (const connections of CONNECTIONS) comparisons.push(await compareRuns(youju, echo, connections, questions, cached));
    return comparisons;
  } finally {
    await Promise.all([youju.stop(), echo.stop()]);
  }
}

async function compareRuns(
  youju: ServedProgram,
  echo: ServedProgram,
  connections: number,
  questions: QuestionSource,
  cached: boolean,
): Promise<HttpComparison> {
  const rounds: [Run, Run][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const requests = questions.take(QUESTIONS_A_RUN);
    if (cached) await ask(youju, requests, connections);
    rounds.push([await ask(youju, requests, connections), await ask(echo, requests, connections)]);
  }
  return {
    connections,
    cached,
    ratio: median(rounds.map(([own, other]) => own.perSecond / other.perSecond)),
    cpuRatio: median(rounds.map(([own, other]) => other.cpuSeconds / own.cpuSeconds)),
    youjuPerSecond: median(rounds.map(([own]) => own.perSecond)),
    echoPerSecond: median(rounds.map(([, other]) => other.perSecond)),
    ownCpu: Math.max(...rounds.flat().map(({ ownCpu }) => ownCpu)),
  };
}

type Run = Throughput & { cpuSeconds: number };

async function ask(program: ServedProgram, requests: readonly Buffer[], connections: number): Promise<Run> {
  const before = await program.cpuSeconds();
  const throughput = await askInTurn(program.port, requests, connections);
  return { ...throughput, cpuSeconds: (await program.cpuSeconds()) - before };
}

type QuestionSource = { take: (count: number) => Buffer[] };

/** Requests that were never taken before; of the tuning half alone. */
async function distinctQuestions(): Promise<QuestionSource> {
  const cases: EvalCase[] = (await readEvalCases(path.join(packageRoot, 'evals', 'cases'))).filter(({ half }) => half === 'tuning');
  const count = WARM_UP * 2 + ROUNDS * QUESTIONS_A_RUN * CONNECTIONS.length * 2;
  const questions = recombineQuestions(cases, count, SEED);
  let taken = 0;
  return {
    take: (wanted) => {
      taken += wanted;
      return questions.slice(taken - wanted, taken).map((question, place) => questionRequest(question, place % CLIENTS));
    },
  };
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
