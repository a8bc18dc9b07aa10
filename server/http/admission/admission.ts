import type { IncomingMessage, ServerResponse } from 'node:http';
import { EventLoopLag } from './event-loop-lag.ts';
import type { Protocol } from './guarded-paths.ts';
import { OpenResponses } from './open-responses.ts';
import type { ShedReason } from './shed-reason.ts';

/** Room for what arrives while the process is held up for half a second. */
const MOST_QUEUED = 512;
/** Room where the event loop is late: some, because it may be the machine that is busy, and not we. */
const MOST_QUEUED_LATE = 16;
/** Who would wait longer at the present pace is refused at once. */
const MOST_WAIT_MILLISECONDS = 400;
/**
 * The pace where nobody waits, in milliseconds from one start to the next, how much each start counts in it, and how many times the pace
 * it may count for: one collection of garbage says nothing of those to come.
 */
const FREE_PACE = 1;
const PACE_WEIGHT = 0.05;
const MOST_TIMES_PACE = 2;
/** What is computed in one turn: an answer that took longer was the only one. */
const TURN_MILLISECONDS = 1;
/** Connections seem to be accepted one a turn: with an answer each turn newcomers waited 1.5 s (p99), with these turns first 40 ms. */
const MOST_NEWCOMERS_FIRST = 8;
/** Where the pace changed meanwhile: who has waited for so long is as good as gone. */
const QUEUE_MILLISECONDS = 2000;
/** Responses that nobody works on any more and that are not yet taken: as many stalled ones hold some 45 MB. */
const MOST_UNREAD = 448;
/** Turns of their own where nothing else makes one: for bodies on their way, and for waits that are over. */
const LOOK_AGAIN_MILLISECONDS = 5;
/** Requests whose bodies are on their way: beyond so many, the oldest goes; each has this long to come. */
const MOST_ARRIVING = 512;
const ARRIVING_MILLISECONDS = 5000;
/** Bodies that are longer than what is read ahead (16 kB) come while they hold a place, and may hold so many. */
const MOST_UPLOADING = 8;

type Waiting = { request: IncomingMessage; response: ServerResponse; protocol: Protocol; since: number; run: () => void };

export type AdmissionDependencies = {
  mostInFlight: number;
  /** From a response's begin to its last byte. */
  longestMilliseconds: number;
  /** Aborted when the server is to stop. */
  stopping: AbortSignal;
  shed: (response: ServerResponse, protocol: Protocol, reason: ShedReason, origin: string | undefined) => void;
  onQueueWait: (seconds: number) => void;
};

/**
 * Lets requests in: so many at a time, at most one a turn of the event loop (an answer without a model is a millisecond of pure
 * computing; what else arrives is read and refused in between) or a millisecond's worth of shorter ones, the others in a queue that is short in places and in time (as in B. Maurer,
 * “Fail at Scale”, ACM Queue 13(8), 2015). What finds it full is refused at once: of all that can be done with it, that costs least.
 */
export class Admission {
  readonly lag = new EventLoopLag();
  readonly open: OpenResponses;
  readonly #dependencies: AdmissionDependencies;
  /** Until their bodies have come, as far as they come unread: who sends slowly holds no place, and none in the queue. */
  #arriving: Waiting[] = [];
  /** How many of these came since the last turn; nearly all of them are about to wait. */
  #fresh = 0;
  readonly #waiting: Waiting[] = [];
  readonly #holders = new Set<ServerResponse>();
  #pace = FREE_PACE;
  /** When the last one was started, if others were left waiting. */
  #lastStart: number | undefined;
  #hasNewcomer = false;
  #newcomersFirst = 0;
  #turn: NodeJS.Immediate | undefined;
  #turnBegan = 0;
  #later: NodeJS.Timeout | undefined;

  constructor(dependencies: AdmissionDependencies) {
    this.#dependencies = dependencies;
    this.open = new OpenResponses(dependencies.longestMilliseconds);
  }

  get inFlight(): number {
    return this.#holders.size;
  }

  get queued(): number {
    return this.#arriving.length + this.#waiting.length;
  }

  /** Why a request that arrives now is refused, if it is. */
  refusal(): ShedReason | undefined {
    if (this.#dependencies.stopping.aborted) return 'shutting-down';
    if (this.open.size - this.#holders.size >= MOST_UNREAD) return 'too-many-open';
    const before = this.#waiting.length + this.#fresh;
    if (this.lag.isHigh && before >= MOST_QUEUED_LATE) return 'event-loop-lag';
    return before >= MOST_QUEUED || before * this.#pace > MOST_WAIT_MILLISECONDS ? 'queue-full' : undefined;
  }

  /** A connection was accepted: there may be more of them. */
  noteNewcomer(): void {
    this.#hasNewcomer = true;
  }

  /** Runs the request in its turn, or refuses it. */
  admit(request: IncomingMessage, response: ServerResponse, protocol: Protocol, run: () => void): void {
    const refusal = this.refusal();
    if (refusal) this.#shed({ request, response, protocol }, refusal);
    else {
      this.#fresh++;
      this.#arriving.push({ request, response, protocol, since: performance.now(), run });
      if (this.#arriving.length - this.#fresh >= MOST_ARRIVING) this.#refuse(this.#arriving.shift(), 'slow-body');
      this.#takeTurnSoon();
    }
  }

  stop(): void {
    this.lag.stop();
    this.open.stop();
    clearImmediate(this.#turn);
    clearTimeout(this.#later);
  }

  #takeTurnSoon(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.#takeTurn();
    });
  }

  #takeTurn(): void {
    const now = performance.now();
    this.#turnBegan = now;
    const reason = this.#dependencies.stopping.aborted ? 'shutting-down' : 'queue-timeout';
    this.#queueArrived(now);
    // Where a few are late and there is room for them, the machine held us up, and nobody stands behind them.
    const isHeldUp = this.#waiting.length <= MOST_QUEUED_LATE && this.#hasPlace();
    while (!isHeldUp && (this.#waiting[0]?.since ?? now) < now - QUEUE_MILLISECONDS) this.#refuse(this.#waiting.shift(), reason);
    if (this.#hasNewcomer && this.#newcomersFirst < MOST_NEWCOMERS_FIRST) {
      this.#hasNewcomer = false;
      this.#newcomersFirst++;
      this.#takeTurnSoon();
      return;
    }
    this.#newcomersFirst = 0;
    const next = this.#hasPlace() ? this.#waiting.shift() : undefined;
    if (next) this.#start(next, now);
    if (this.queued === 0) return;
    if (next) this.#takeTurnSoon();
    else
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        this.#takeTurnSoon();
      }, LOOK_AGAIN_MILLISECONDS);
  }

  /** A place that is held for a reader who does not read is free: nothing is computed for it meanwhile. */
  #hasPlace(): boolean {
    const { mostInFlight } = this.#dependencies;
    if (this.#holders.size < mostInFlight) return true;
    for (const response of this.#holders) if (response.writableNeedDrain) this.#holders.delete(response);
    return this.#holders.size < mostInFlight;
  }

  #queueArrived(now: number): void {
    this.#fresh = 0;
    if (this.#arriving.length === 0) return;
    let uploading = this.#uploading();
    this.#arriving = this.#arriving.filter((arriving) => {
      const { request, since } = arriving;
      if (request.destroyed) return false;
      const isReady = request.complete || (request.readableLength >= request.readableHighWaterMark && uploading++ < MOST_UPLOADING);
      if (isReady) this.#waiting.push(arriving);
      else if (now - since > ARRIVING_MILLISECONDS) this.#refuse(arriving, 'slow-body');
      else return true;
      return false;
    });
  }

  /** How many long bodies are on their way, of requests that hold a place or are about to. */
  #uploading(): number {
    let count = 0;
    for (const { req } of this.#holders) if (!req.complete) count++;
    for (const { request } of this.#waiting) if (!request.complete) count++;
    return count;
  }

  #start({ request, response, since, run }: Waiting, now: number): void {
    // The client left.
    if (request.destroyed) return;
    this.#dependencies.onQueueWait((now - since) / 1000);
    const took = this.#lastStart === undefined ? FREE_PACE : Math.min(now - this.#lastStart, MOST_TIMES_PACE * this.#pace);
    this.#pace += (took - this.#pace) * PACE_WEIGHT;
    this.#lastStart = this.#waiting.length > 0 ? now : undefined;
    this.#holders.add(response);
    this.open.add(response);
    const release = () => {
      if (this.#holders.delete(response) && this.#waiting.length > 0) this.#goOn();
    };
    // When the last of the answer is handed over, not when it was taken.
    response.once('prefinish', release);
    response.once('close', release);
    run();
  }

  /** A place is free: the next one is started in the same turn as long as that is short. */
  #goOn(): void {
    const now = performance.now();
    const next = now - this.#turnBegan < TURN_MILLISECONDS && this.#hasPlace() ? this.#waiting.shift() : undefined;
    if (next) this.#start(next, now);
    else this.#takeTurnSoon();
  }

  #refuse(waiting: Waiting | undefined, reason: ShedReason): void {
    if (waiting && !waiting.request.destroyed) this.#shed(waiting, reason);
  }

  #shed({ request, response, protocol }: Pick<Waiting, 'request' | 'response' | 'protocol'>, reason: ShedReason): void {
    this.#dependencies.shed(response, protocol, reason, request.headers.origin);
  }
}
