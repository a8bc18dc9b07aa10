import {
  EVIDENCE_FEATURES,
  type Evidence,
  type EvidenceWeights,
  logOdds,
  type QuestionClass,
} from '../../server/answering/evidence/evidence.ts';

/** One question whose evidence was weighed, and whether the documents answer it. */
export type EvidenceExample = { questionClass: QuestionClass; evidence: Evidence; isAnswerable: boolean };

const RIDGE = 0.3;
const SWEEPS = 200;
const PARAMETERS = [...EVIDENCE_FEATURES, 'bias'] as const;

const measureOf = (evidence: Evidence, parameter: (typeof PARAMETERS)[number]) => (parameter === 'bias' ? 1 : evidence[parameter]);

/**
 * Fits the log-odds that a question is answered by its evidence: logistic regression with a ridge penalty (bias excepted), by cyclic
 * coordinate descent with Newton steps (Genkin, Lewis & Madigan 2007).
 * @param weightOf how much an example of either outcome counts
 */
function fitWeights(examples: readonly EvidenceExample[], weightOf: (isAnswerable: boolean) => number): EvidenceWeights {
  const weights = emptyWeights();
  const odds = new Float64Array(examples.length);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const parameter of PARAMETERS) {
      const ridge = parameter === 'bias' ? 0 : RIDGE;
      let slope = ridge * weights[parameter];
      let curvature = ridge + 1e-6;
      for (const [row, { evidence, isAnswerable }] of examples.entries()) {
        const value = measureOf(evidence, parameter);
        const probability = 1 / (1 + Math.exp(-(odds[row] ?? 0)));
        slope += weightOf(isAnswerable) * (probability - (isAnswerable ? 1 : 0)) * value;
        curvature += weightOf(isAnswerable) * probability * (1 - probability) * value * value;
      }
      // A bounded step keeps Newton's method from overshooting where the data are nearly separable.
      const step = Math.max(-1, Math.min(1, slope / curvature));
      weights[parameter] -= step;
      for (const [row, { evidence }] of examples.entries()) odds[row] = (odds[row] ?? 0) - step * measureOf(evidence, parameter);
    }
  }
  return weights;
}

const emptyWeights = (): EvidenceWeights => ({
  coverage: 0,
  agreement: 0,
  missingEssential: 0,
  missingFocus: 0,
  missingKind: 0,
  missingPremise: 0,
  length: 0,
  followsUp: 0,
  bias: 0,
});

export type FittedEvidence = {
  weights: Record<QuestionClass, EvidenceWeights>;
  /** Shares of wrong verdicts under ten-fold cross-validation. */
  crossValidated: { wronglyDeclined: number; wronglyAnswered: number };
};

const FOLDS = 10;
/**
 * How much an answerable case counts beside one to be declined. The cases to be declined are mostly questions for a detail: counted
 * alike, details would be declined nearly always, and a fact that stands in the text must not be withheld for that.
 */
const ANSWERABLE_COUNTS: Record<QuestionClass, number> = { specific: 1.6, open: 1 };

/** Fits both classes of question, and tells how well such a fit does on questions that it has not seen. */
export function fitEvidence(examples: readonly EvidenceExample[]): FittedEvidence {
  const fitBoth = (training: readonly EvidenceExample[]) => {
    // Both outcomes weigh the same over all questions, so that neither class of question is declined more readily by its numbers alone.
    const answerable = training.filter(({ isAnswerable }) => isAnswerable).length;
    const share = (count: number) => training.length / 2 / Math.max(1, count);
    const fitClass = (questionClass: QuestionClass) =>
      fitWeights(
        training.filter((example) => example.questionClass === questionClass),
        (isAnswerable) => (isAnswerable ? share(answerable) * ANSWERABLE_COUNTS[questionClass] : share(training.length - answerable)),
      );
    return { specific: fitClass('specific'), open: fitClass('open') };
  };
  const wrong = { declined: 0, answered: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fitBoth(examples.filter((_, row) => row % FOLDS !== fold));
    for (const { questionClass, evidence, isAnswerable } of examples.filter((_, row) => row % FOLDS === fold)) {
      const isAnswered = logOdds(evidence, weights[questionClass]) >= 0;
      if (isAnswerable && !isAnswered) wrong.declined++;
      if (!isAnswerable && isAnswered) wrong.answered++;
    }
  }
  const answerable = examples.filter(({ isAnswerable }) => isAnswerable).length;
  return {
    weights: fitBoth(examples),
    crossValidated: {
      wronglyDeclined: wrong.declined / Math.max(1, answerable),
      wronglyAnswered: wrong.answered / Math.max(1, examples.length - answerable),
    },
  };
}

const rounded = (weights: EvidenceWeights) =>
  PARAMETERS.map((parameter) => `    ${parameter}: ${Number(weights[parameter].toFixed(2))},`).join('\n');

/** The weights as the source file that the server reads them from. */
export const writeWeightsFile = ({ specific, open }: FittedEvidence['weights']): string =>
  `import type { EvidenceWeights, QuestionClass } from './evidence.ts';

/** Written by \`npm run evals -- --fit\`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
${rounded(specific)}
  },
  open: {
${rounded(open)}
  },
};
`;
