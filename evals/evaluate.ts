import path from 'node:path';
import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { documentsFolder, packageRoot } from '../ingest/package-root.ts';
import type { AnsweringDependencies } from '../server/answering/answer-question.ts';
import type { ChatModel } from '../server/answering/model/chat-model.ts';
import { type AblationRow, runAblation } from './ablation/run-ablation.ts';
import { withFreshIndex } from './eval-index.ts';
import { checkGates, type SeveralCheck } from './several-documents/check-gates.ts';
import { runSeveral, type SeveralResult } from './several-documents/run-several.ts';
import { readSeveralCases } from './several-documents/several-case.ts';
import { checkThresholds, readThresholds, type ThresholdCheck } from './statement/check-thresholds.ts';
import { readEvalCases } from './statement/eval-case.ts';
import { type ParaphraseResult, readParaphrases, runParaphrases } from './statement/paraphrases.ts';
import { type CaseResult, runCases } from './statement/run-cases.ts';
import type { ParagraphSet } from './xquad/read-xquad.ts';
import { measureParagraphRecall, type ParagraphRecall, withXquadIndex, XQUAD_LANGUAGES, type XquadLanguage } from './xquad/run-xquad.ts';

/** What answers are made with: the embedded default and extracts, or an endpoint's models. */
export type EvalMode = { name: string; embeddingModel: EmbeddingModel; chatModel?: ChatModel };

export type Evaluation = {
  reporting: CaseResult[];
  tuning: CaseResult[];
  paraphrases: ParaphraseResult[];
  checks: ThresholdCheck[];
  /** Over sister documents that were made up for it. */
  several: SeveralCheck[];
};

const inEvals = (name: string) => path.join(packageRoot, 'evals', name);

/** A model that fails spoils the figures of its mode: it must not go unseen. */
const throwError = (error: unknown) => {
  throw error;
};

const withStatement = <Result>({ embeddingModel, chatModel }: EvalMode, use: (dependencies: AnsweringDependencies) => Promise<Result>) =>
  withFreshIndex([documentsFolder], embeddingModel, (index) =>
    use({ index, embeddingModel, chatModel, publicUrl: 'http://localhost', onDegraded: throwError }),
  );

/** Asks all cases and paraphrases of the repository's documents, freshly ingested. The bars apply to the reporting half. */
export const evaluate = (mode: EvalMode): Promise<Evaluation> =>
  withStatement(mode, async (dependencies) => {
    const results = await runCases(await readEvalCases(inEvals('cases')), dependencies);
    const paraphrases = await runParaphrases(await readParaphrases(inEvals('paraphrases.json')), dependencies);
    const inHalf = (half: string) => results.filter(({ evalCase }) => evalCase.half === half);
    const thresholds = await readThresholds(inEvals('thresholds.json'));
    const reportedParaphrases = paraphrases.filter(({ paraphrase }) => paraphrase.half === 'reporting');
    const checks = checkThresholds({ cases: inHalf('reporting'), paraphrases: reportedParaphrases }, thresholds);
    const several = checkGates(await evaluateSeveral(mode));
    return { reporting: inHalf('reporting'), tuning: inHalf('tuning'), paraphrases, checks, several };
  });

/** Asks the cases over several documents of the documents that were made up for them. */
const evaluateSeveral = ({ embeddingModel, chatModel }: EvalMode): Promise<SeveralResult[]> =>
  withFreshIndex([inEvals('several-documents/documents')], embeddingModel, async (index) =>
    runSeveral(await readSeveralCases(inEvals('several-documents/cases.json')), {
      index,
      embeddingModel,
      chatModel,
      publicUrl: 'http://localhost',
      onDegraded: throwError,
    }),
  );

/** Paragraph recall on XQuAD by half and language. */
export type XquadReport = Record<'tuning' | 'reporting', Record<XquadLanguage, ParagraphRecall>>;

/** Paragraph retrieval over XQuAD's Chinese paragraphs, asked in three languages. */
export const evaluateXquad = (set: ParagraphSet, { embeddingModel }: EvalMode): Promise<XquadReport> =>
  withXquadIndex(set, embeddingModel, async (xquad) => {
    const dependencies = { index: xquad.index, embeddingModel, publicUrl: 'http://localhost', onDegraded: throwError };
    const measure = async (half: string): Promise<Record<XquadLanguage, ParagraphRecall>> => {
      const [zh, en, ru] = await Promise.all(
        XQUAD_LANGUAGES.map((language) =>
          measureParagraphRecall(
            set.questions[language].filter((question) => question.half === half),
            xquad,
            dependencies,
          ),
        ),
      );
      const nothing = { recallAt1: undefined, recallAt5: undefined };
      return { zh: zh ?? nothing, en: en ?? nothing, ru: ru ?? nothing };
    };
    return { tuning: await measure('tuning'), reporting: await measure('reporting') };
  });

/** The table of what each step gives, on tuning halves; with XQuAD where its set is given. */
export const evaluateAblation = (mode: EvalMode, set: ParagraphSet | undefined): Promise<AblationRow[]> =>
  withStatement(mode, async (dependencies) => {
    const tuning = (await readEvalCases(inEvals('cases'))).filter(({ half }) => half === 'tuning');
    if (!set) return runAblation(tuning, dependencies, undefined);
    return withXquadIndex(set, mode.embeddingModel, (xquad) =>
      runAblation(tuning, dependencies, { set, xquad, dependencies: { ...dependencies, index: xquad.index } }),
    );
  });

/** Calls `use` with all that answering the statement's tuning cases needs. */
export const withTuningCases = <Result>(
  mode: EvalMode,
  use: (cases: Awaited<ReturnType<typeof readEvalCases>>, dependencies: AnsweringDependencies) => Promise<Result>,
): Promise<Result> =>
  withStatement(mode, async (dependencies) =>
    use(
      (await readEvalCases(inEvals('cases'))).filter(({ half }) => half === 'tuning'),
      dependencies,
    ),
  );
