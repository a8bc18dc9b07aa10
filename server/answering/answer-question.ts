import { randomUUID } from 'node:crypto';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { type UnderstoodQuestion, understandQuestion } from '../question/understand-question.ts';
import type { AbstentionReason, AnswerBody, AskRequest, Citation, DegradedReason, Language } from '../wire.ts';
import { type AnswerObserver, timeStage, timeWaitingStage, timeWaits, UNOBSERVED } from './answer-observer.ts';
import { phrasesIn } from './answer-phrases.ts';
import { AnswerPlaces } from './answer-places.ts';
import type { AnswerPlan } from './answer-plan.ts';
import { type AnswerStep, type CitedSpan, shiftSpans } from './answer-step.ts';
import { AnswerComposer } from './compose-answer.ts';
import { requireKnown, tellsDocuments } from './documents/documents-asked.ts';
import { explainAbstention } from './documents/explain-abstention.ts';
import { tellMissing } from './documents/name-document.ts';
import { suggestSister } from './documents/suggest-sister.ts';
import type { DraftSentence } from './draft.ts';
import type { ChatModel } from './model/chat-model.ts';
import { ModelFailure } from './model/model-failure.ts';
import { mayNeedRewriting, widenPassages } from './model/widen-passages.ts';
import { writeAnswer } from './model/write-answer.ts';
import { planAnswer } from './plan-answer.ts';
import type { Passage } from './retrieve-passages.ts';
import { type Asked, describeAsked, MOST_FOLLOW_UPS, suggestFollowUps, suggestInstead } from './suggest-follow-ups.ts';

export type AnsweringDependencies = {
  index: OpenIndex;
  embeddingModel: EmbeddingModel;
  /** Absent without a chat model: answers are extractive. */
  chatModel?: ChatModel;
  /** Where citations link to, e.g. `https://policy.example`, without a trailing slash. */
  publicUrl: string;
  /** How questions are read; the evals switch steps of it off. */
  understand?: typeof understandQuestion;
  /** Told when a model or an embedding endpoint fails and the answer goes on without it. */
  onDegraded: (error: unknown) => void;
  /** Absent where nobody watches. */
  observer?: AnswerObserver;
};

/**
 * question → normalise → retrieve → generate → verify → events. The one way to an answer: routes, command line and evals
 * all call it. Every shown sentence was verified; the last event is always `answer-end`.
 * @throws YoujuError `unknown-document` before the first event
 */
export async function* answerQuestion(
  request: AskRequest,
  dependencies: AnsweringDependencies,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<AnswerStep> {
  const { answering, understood } = await planned(request, dependencies, signal);
  const written = dependencies.chatModel ? yield* answering.write(dependencies.chatModel, understood, request, signal) : 'not-tried';
  if (written !== 'done') yield* answering.extract();
  yield* answering.end();
}

/** Whether an answer may have to wait for an endpoint, or for a database. */
export const waitsForOthers = ({ chatModel, embeddingModel, index }: AnsweringDependencies): boolean =>
  chatModel !== undefined || !embeddingModel.isLocal || !index.vectorIndex.isLocal;

/** The whole of an answer that waits for nobody: the end of `answerQuestion`, without the steps that lead to it. */
export async function answerAtOnce(request: AskRequest, dependencies: AnsweringDependencies): Promise<AnswerBody> {
  const { answering } = await planned(request, dependencies);
  let body: AnswerBody | undefined;
  for (const _step of answering.extract());
  for (const step of answering.end()) if (step.event === 'answer-end') body = step.data;
  if (!body) throw new Error('an answer ended without its end');
  return body;
}

async function planned(request: AskRequest, dependencies: AnsweringDependencies, signal?: AbortSignal) {
  const { index, embeddingModel, onDegraded } = dependencies;
  requireKnown(index, request);
  const { understand = understandQuestion, observer = UNOBSERVED } = dependencies;
  const understood = timeStage(observer, 'understand', () => understand(request.question, index, request.history, request.language));
  const plan = await planAnswer({ index, embeddingModel, observer, signal }, understood, request, onDegraded);
  return { answering: new Answering(understood, request, plan, dependencies), understood };
}

/** One answer on its way: what was shown so far, and how it ends. */
class Answering {
  readonly #understood: UnderstoodQuestion;
  readonly #request: AskRequest;
  readonly #places: AnswerPlaces;
  readonly #language: Language;
  readonly #plan: AnswerPlan;
  readonly #dependencies: AnsweringDependencies;
  readonly #observer: AnswerObserver;
  readonly #composer: AnswerComposer;
  /** What was retrieved, the latest last. */
  readonly #retrieved: (readonly Passage[])[] = [];
  #text = '';
  #citedSpans: CitedSpan[] = [];
  #firstCitation = 0;
  #generator = 'extractive';
  #degraded: DegradedReason | undefined;
  #reason: AbstentionReason;

  constructor(understood: UnderstoodQuestion, request: AskRequest, plan: AnswerPlan, dependencies: AnsweringDependencies) {
    const { index, publicUrl } = dependencies;
    const { language } = understood;
    this.#understood = understood;
    this.#request = request;
    const tells = tellsDocuments(index, request);
    this.#places = new AnswerPlaces(dependencies, language, tells);
    this.#language = language;
    this.#plan = plan;
    this.#dependencies = dependencies;
    this.#observer = dependencies.observer ?? UNOBSERVED;
    this.#reason = plan.status === 'declined' ? plan.reason : 'unsupported-claim';
    this.#retrieved.push(plan.passages);
    const similarityOf = (documentId: string, paragraphId: string) => this.#similarityOf(documentId, paragraphId);
    this.#composer = new AnswerComposer(index, language, publicUrl, similarityOf, this.#observer.onDropped, tells);
  }

  /**
   * Lets the model write, from passages that it may widen by rewriting the question first. What cannot be verified is dropped; a
   * failure leaves the answer to extracts.
   */
  async *write(
    model: ChatModel,
    understood: UnderstoodQuestion,
    request: AskRequest,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerStep, 'done' | 'failed' | 'not-tried'> {
    const { question, history = [] } = request;
    const budget = model.newBudget(signal);
    let declined = false;
    try {
      const plan = mayNeedRewriting(this.#dependencies, understood, this.#plan)
        ? await timeWaitingStage(this.#observer, 'rewrite', () =>
            widenPassages(
              { ...this.#dependencies, signal: budget.signal },
              model,
              understood,
              request,
              this.#plan,
              budget,
              this.#dependencies.onDegraded,
            ),
          )
        : this.#plan;
      if (!plan.mayBeWritten) return 'not-tried';
      this.#retrieved.push(plan.passages);
      const task = { question, history, language: this.#language, sentences: this.#places.numberedSentences(plan.passages) };
      for await (const line of timeWaits(this.#observer, 'generate', writeAnswer(model, task, budget))) {
        if (line.kind === 'no-answer') declined = true;
        else yield* this.#show(line.draft, this.#text === '' ? tellMissing(this.#dependencies.index, understood, []) : '');
      }
      if (this.#text === '' && !declined)
        throw new ModelFailure('model-unusable-output', 'no sentence of the model could be verified', 'output');
      this.#generator = model.name;
      if (this.#text === '') this.#reason = 'no-evidence';
      return 'done';
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      // Neither a client that left nor a guard that kept the call back is a failure to tell.
      if (error.blame !== 'nobody') this.#dependencies.onDegraded(error);
      this.#degraded = error.reason;
      this.#text = '';
      this.#citedSpans = [];
      this.#firstCitation = this.#composer.citations.length;
      this.#composer.restart();
      return 'failed';
    } finally {
      budget.release();
    }
  }

  /** Quotes what was planned, saying so where a model failed before. */
  *extract(): Generator<AnswerStep> {
    if (this.#plan.status === 'declined') return;
    let note = this.#degraded ? phrasesIn(this.#language).degraded[this.#degraded] : '';
    note += tellMissing(this.#dependencies.index, this.#understood, this.#plan.silent ?? []);
    for (const draft of this.#plan.drafts) {
      yield* this.#show(draft, note);
      if (this.#text !== '') note = '';
    }
  }

  *end(): Generator<AnswerStep> {
    const common = {
      id: randomUUID(),
      language: this.#language,
      generator: this.#generator,
      indexGeneration: this.#dependencies.index.manifest.generation,
      ...(this.#degraded ? { degraded: this.#degraded } : {}),
    };
    if (this.#text !== '') {
      const citations = this.#composer.citations.filter(({ marker }) => marker > this.#firstCitation || this.#text.includes(`[${marker}]`));
      const extras = { ...this.#followUps(citations), ...this.#places.documents(citations) };
      const answer = this.#text.trimStart();
      const citedSpans = shiftSpans(this.#citedSpans, answer.length - this.#text.length);
      yield { event: 'answer-end', data: { ...common, status: 'answered', answer, citations, ...extras }, citedSpans };
      return;
    }
    const reason = this.#reason;
    const nearby = reason === 'no-evidence' || reason === 'unsupported-claim' ? this.#places.nearby(this.#plan.passages) : [];
    const { told, followUps, documentIds } = explainAbstention(reason, this.#dependencies.index, this.#understood, this.#request);
    const answer = `${phrasesIn(this.#language).reasons[reason]}${told === '' ? '' : ` ${told}`}`;
    // Who asked of something else altogether is led nowhere.
    const instead = reason === 'off-topic' ? [] : [...followUps, ...suggestInstead(this.#describeAsked(), nearby)];
    const meant = documentIds.map((documentId) => ({ documentId, paragraphId: '' }));
    const extras = { ...unlessEmpty(instead.slice(0, MOST_FOLLOW_UPS)), ...this.#places.documents([...nearby, ...meant]) };
    const body: AnswerBody = { ...common, status: 'abstained', reason, answer, citations: [], nearby, ...extras };
    yield { event: 'abstention', data: { reason, nearby } };
    yield { event: 'text-delta', data: { text: answer }, citedSpans: [] };
    yield { event: 'answer-end', data: body, citedSpans: [] };
  }

  *#show(draft: DraftSentence, note = ''): Generator<AnswerStep> {
    const composed = timeStage(this.#observer, 'verify', () => this.#composer.compose(draft, note));
    if (!composed) return;
    this.#citedSpans.push(...shiftSpans(composed.citedSpans, this.#text.length));
    this.#text += composed.text;
    for (const citation of composed.newCitations) yield { event: 'citation', data: citation };
    yield { event: 'text-delta', data: { text: composed.text }, citedSpans: composed.citedSpans };
  }

  #describeAsked(): Asked {
    return describeAsked(this.#dependencies.index, this.#understood, this.#request);
  }

  #followUps(citations: readonly Citation[]): { followUps?: string[] } {
    const sisters = suggestSister(this.#dependencies.index, this.#understood, this.#request, citations);
    return unlessEmpty([...sisters, ...suggestFollowUps(this.#describeAsked(), citations)].slice(0, MOST_FOLLOW_UPS));
  }

  /** A paragraph asked for by number was not retrieved by likeness: it is exactly what was asked for. */
  #similarityOf(documentId: string, paragraphId: string): number {
    const isIt = (passage: Passage) => passage.paragraphId === paragraphId && passage.documentId === documentId;
    for (const passages of this.#retrieved.toReversed()) {
      const passage = passages.find(isIt);
      if (passage) return passage.similarity;
    }
    return 1;
  }
}

const unlessEmpty = (followUps: string[]) => (followUps.length > 0 ? { followUps } : {});
