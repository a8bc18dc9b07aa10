import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { type AnsweringDependencies, answerQuestion } from '../../../server/answering/answer-question.ts';
import { lastStep } from '../../../server/answering/answer-step.ts';
import type { AskRequest } from '../../../server/wire.ts';
import { type FuzzReport, type FuzzRun, indexesOf, showInput, Tally, type Violation } from '../fuzz-report.ts';
import { RandomSource } from '../random-source.ts';
import { misquotesIn, toldDocument } from '../statement-source.ts';
import { adversarialQuestion } from './adversarial-question.ts';

/** A machine that does other things, too: the median of three decides. */
const MOST_CPU_MILLISECONDS = 100;

/** Asks what should bring a misquote about, without a model, and checks every answer with the second verifier. */
export async function fuzzQuestions({ seed, ...run }: FuzzRun, index: OpenIndex): Promise<FuzzReport> {
  const dependencies: AnsweringDependencies = {
    index,
    embeddingModel: new EmbeddingModel({}),
    publicUrl: 'http://localhost',
    onDegraded: (error) => {
      throw error;
    },
  };
  const document = toldDocument(index);
  const tally = new Tally();
  const violations: Violation[] = [];
  let dearest = 0;
  for (const at of indexesOf({ seed, ...run })) {
    const { request } = adversarialQuestion(new RandomSource(seed, at));
    const report = (fault: string) => violations.push({ index: at, fault, input: showInput(request) });
    try {
      const { cpu, body } = await answered(request, dependencies);
      tally.add(body.status === 'answered' ? 'answered' : `declined: ${body.reason}`);
      tally.add('quotes checked', body.citations.length);
      for (const fault of misquotesIn(body, document)) report(fault);
      const spent = cpu > MOST_CPU_MILLISECONDS ? await medianCpu(request, dependencies, cpu) : cpu;
      dearest = Math.max(dearest, spent);
      if (spent > MOST_CPU_MILLISECONDS) report(`took ${spent.toFixed(0)} ms of CPU`);
    } catch (error) {
      report(`threw ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return { figures: { ...tally.figures(), 'dearest question, ms of CPU': Math.round(dearest) }, violations };
}

async function answered(request: AskRequest, dependencies: AnsweringDependencies) {
  const start = process.cpuUsage();
  const { data: body } = await lastStep(answerQuestion(request, dependencies));
  const { user, system } = process.cpuUsage(start);
  return { body, cpu: (user + system) / 1000 };
}

async function medianCpu(request: AskRequest, dependencies: AnsweringDependencies, first: number): Promise<number> {
  const again = [await answered(request, dependencies), await answered(request, dependencies)].map(({ cpu }) => cpu);
  return [first, ...again].toSorted((a, b) => a - b)[1] ?? first;
}
