import { randomUUID } from 'node:crypto';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { labelParagraph } from '../../ingest/structure/label-paragraph.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import { type UnderstoodQuestion, understandQuestion } from '../question/understand-question.ts';
import type { AbstentionReason, AnswerBody, AskRequest, CitedDocument, DegradedReason, Language, NearbyParagraph } from '../wire.ts';
import { type AnswerObserver, timeStage, timeWaitingStage, timeWaits, UNOBSERVED } from './answer-observer.ts';
import { phrasesIn } from './answer-phrases.ts';
import { type AnswerStep, type CitedSpan, shiftSpans } from './answer-step.ts';
import { paragraphUrl } from './citation-url.ts';
import { citedDocuments } from './cited-documents.ts';
import { AnswerComposer } from './compose-answer.ts';
import type { DraftSentence } from './draft.ts';
import { sentenceText } from './evidence/choose-sentences.ts';
import type { ChatModel } from './model/chat-model.ts';
import { ModelFailure } from './model/model-failure.ts';
import { mayNeedRewriting, widenPassages } from './model/widen-passages.ts';
import { type NumberedSentence, writeAnswer } from './model/write-answer.ts';
import { type AnswerPlan, documentsAsked, planAnswer } from './plan-answer.ts';
import type { Passage } from './retrieve-passages.ts';
import type { SharedAnswers } from './sharing/shared-answers.ts';
import { type Asked, suggestFollowUps, suggestInstead } from './suggest-follow-ups.ts';

export type AnsweringDependencies = {
  index: OpenIndex;
  embeddingModel: EmbeddingModel;
  /** Absent without a chat model: answers are extractive. */
  chatModel?: ChatModel;
  /** Absent where each question has an answer of its own, as in the evals. */
  shared?: SharedAnswers;
  /** Where citations link to, e.g. `https://policy.example`, without a trailing slash. */
  publicUrl: string;
  /** How questions are read; the evals switch steps of it off. */
  understand?: typeof understandQuestion;
  /** Told when a model or an embedding endpoint fails and the answer goes on without it. */
  onDegraded: (error: unknown) => void;
  /** Absent where nobody watches. */
  observer?: AnswerObserver;
};

/** How many of the best passages the model gets to see, and how many are offered when the answer is declined. */
const PASSAGES_FOR_MODEL = 8;
const NEARBY = 3;
const NEARBY_SIMILARITY = 0.08;

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

/** Whether an answer may have to wait for an endpoint. */
export const waitsForOthers = ({ chatModel, embeddingModel }: AnsweringDependencies): boolean =>
  chatModel !== undefined || !embeddingModel.isLocal;

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
  if (request.documentId !== undefined && !index.documents.has(request.documentId)) {
    throw new YoujuError('unknown-document', `no document “${request.documentId}”: GET /api/documents lists them`);
  }
  const { understand = understandQuestion, observer = UNOBSERVED } = dependencies;
  const understood = timeStage(observer, 'understand', () => understand(request.question, index, request.history, request.language));
  const plan = await planAnswer({ index, embeddingModel, observer, signal }, understood, request, onDegraded);
  const { language, reference } = understood;
  const questions = [request.question, ...(request.history ?? []).filter(({ role }) => role === 'user').map(({ content }) => content)];
  const answering = new Answering({ documents: documentsAsked(index, request), language, reference, questions }, plan, dependencies);
  return { answering, understood };
}

/** One answer on its way: what was shown so far, and how it ends. */
class Answering {
  readonly #asked: Asked;
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

  constructor(asked: Asked, plan: AnswerPlan, dependencies: AnsweringDependencies) {
    const { language } = asked;
    this.#asked = asked;
    this.#language = language;
    this.#plan = plan;
    this.#dependencies = dependencies;
    this.#observer = dependencies.observer ?? UNOBSERVED;
    this.#reason = plan.status === 'declined' ? plan.reason : 'unsupported-claim';
    this.#retrieved.push(plan.passages);
    const similarityOf = (documentId: string, paragraphId: string) => this.#similarityOf(documentId, paragraphId);
    this.#composer = new AnswerComposer(dependencies.index, language, dependencies.publicUrl, similarityOf, this.#observer.onDropped);
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
              request,
              this.#plan,
              budget,
              this.#dependencies.onDegraded,
            ),
          )
        : this.#plan;
      if (!plan.mayBeWritten) return 'not-tried';
      this.#retrieved.push(plan.passages);
      const task = { question, history, language: this.#language, sentences: this.#numberedSentences(plan.passages) };
      for await (const line of timeWaits(this.#observer, 'generate', writeAnswer(model, task, budget))) {
        if (line.kind === 'no-answer') declined = true;
        else yield* this.#show(line.draft);
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
      return 'failed';
    } finally {
      budget.release();
    }
  }

  /** Quotes what was planned, saying so where a model failed before. */
  *extract(): Generator<AnswerStep> {
    if (this.#plan.status === 'declined') return;
    let note = this.#degraded ? phrasesIn(this.#language).degraded[this.#degraded] : '';
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
      const extras = { ...unlessEmpty(suggestFollowUps(this.#asked, citations)), ...this.#documents(citations) };
      const answer = this.#text.trimStart();
      const citedSpans = shiftSpans(this.#citedSpans, answer.length - this.#text.length);
      yield { event: 'answer-end', data: { ...common, status: 'answered', answer, citations, ...extras }, citedSpans };
      return;
    }
    const reason = this.#reason;
    const nearby = reason === 'no-evidence' || reason === 'unsupported-claim' ? this.#nearby() : [];
    const answer = phrasesIn(this.#language).reasons[reason];
    // Who asked of something else altogether is led nowhere.
    const followUps = unlessEmpty(reason === 'off-topic' ? [] : suggestInstead(this.#asked, nearby));
    const extras = { ...followUps, ...this.#documents(nearby) };
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

  #nearby(): NearbyParagraph[] {
    const { publicUrl } = this.#dependencies;
    return this.#plan.passages
      .filter(({ similarity }) => similarity >= NEARBY_SIMILARITY)
      .slice(0, NEARBY)
      .map(({ documentId, paragraphId, similarity }) => ({
        documentId,
        paragraphId,
        label: this.#label(documentId, paragraphId),
        url: paragraphUrl(publicUrl, documentId, paragraphId),
        similarity,
      }));
  }

  #documents(places: readonly { documentId: string; paragraphId: string }[]): { documents?: CitedDocument[] } {
    const documents = citedDocuments(places, this.#dependencies.index.documents, this.#language);
    return documents.length > 0 ? { documents } : {};
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

  #numberedSentences(passages: readonly Passage[]): NumberedSentence[] {
    const { index } = this.#dependencies;
    const chunks = passages.slice(0, PASSAGES_FOR_MODEL).map(({ chunk }) => chunk);
    return chunks
      .toSorted((a, b) => a - b)
      .flatMap((chunk) => {
        const indexed = index.chunks.at(chunk);
        if (!indexed) return [];
        const { documentId, paragraphId, sentences } = indexed;
        const first = index.lexicalIndex.sentencesOf(chunk).start;
        return sentences.map(({ start, end }, at) => ({
          id: `S${first + at + 1}`,
          label: this.#label(documentId, paragraphId),
          text: sentenceText(index, first + at),
          claim: { documentId, paragraphId, start, end },
        }));
      });
  }

  #label(documentId: string, paragraphId: string): string {
    const { index } = this.#dependencies;
    const document = index.documents.get(documentId);
    const paragraph = index.paragraph(documentId, paragraphId);
    return document && paragraph ? labelParagraph(document, paragraph, this.#language) : paragraphId;
  }
}

const unlessEmpty = (followUps: string[]) => (followUps.length > 0 ? { followUps } : {});
