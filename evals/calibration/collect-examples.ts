import type { AnsweringDependencies } from '../../server/answering/answer-question.ts';
import { classOf } from '../../server/answering/evidence/judge-evidence.ts';
import { planAnswer } from '../../server/answering/plan-answer.ts';
import { understandQuestion } from '../../server/question/understand-question.ts';
import type { EvalCase } from '../statement/eval-case.ts';
import type { EvidenceExample } from './fit-evidence.ts';

/** The evidence of every case whose answer is decided by it; the others are decided by rules. */
export async function collectExamples(cases: readonly EvalCase[], dependencies: AnsweringDependencies): Promise<EvidenceExample[]> {
  const examples: EvidenceExample[] = [];
  for (const { question, history, expect } of cases) {
    const understood = understandQuestion(question, dependencies.index, history);
    const { evidence } = await planAnswer(dependencies, understood, { question, history }, dependencies.onDegraded);
    if (evidence) examples.push({ questionClass: classOf(understood), evidence, isAnswerable: expect.status === 'answered' });
  }
  return examples;
}
