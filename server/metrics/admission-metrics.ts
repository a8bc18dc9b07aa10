import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Admission } from '../http/admission/admission.ts';
import type { ShedReason } from '../http/admission/shed-reason.ts';

const WAIT_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/** What admission does, for Prometheus. Refusals are counted here alone: they never reach what times the routes. */
export class AdmissionMetrics {
  readonly #registry: Registry;
  readonly #waits: Histogram;
  /** Plain counts, read when asked: a refusal must cost next to nothing. */
  readonly #shed: Record<ShedReason, number> = {
    'queue-full': 0,
    'queue-timeout': 0,
    'slow-body': 0,
    'too-many-open': 0,
    'event-loop-lag': 0,
    'shutting-down': 0,
  };

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#waits = new Histogram({
      name: 'youju_queue_wait_seconds',
      help: 'How long requests that were let in had waited for it.',
      buckets: WAIT_SECONDS,
      registers: [registry],
    });
    const shed = this.#shed;
    new Counter({
      name: 'youju_requests_shed_total',
      help: 'Requests refused with 503 (slow-body: 408) before anything was done for them.',
      labelNames: ['reason'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [reason, count] of Object.entries(shed)) this.inc({ reason }, count);
      },
    });
  }

  get shed(): Readonly<Record<ShedReason, number>> {
    return this.#shed;
  }

  countShed(reason: ShedReason): void {
    this.#shed[reason]++;
  }

  observeWait(seconds: number): void {
    this.#waits.observe(seconds);
  }

  /** Shows the state of `admission` at the time of asking. */
  watch(admission: Admission, connections: () => Promise<number>): void {
    this.#gauge('youju_requests_in_flight', 'Requests that are being worked on.', () => admission.inFlight);
    this.#gauge('youju_requests_queued', 'Requests that wait to be let in.', () => admission.queued);
    this.#gauge('youju_open_streams', 'Answers that are being streamed.', () => admission.open.streams);
    this.#gauge('youju_event_loop_lag_seconds', 'How late the event loop ran at the last look.', () => admission.lag.milliseconds / 1000);
    this.#gauge('youju_open_connections', 'Connections, idle ones included.', connections);
    new Counter({
      name: 'youju_stalled_streams_closed_total',
      help: 'Responses that were cut because their reader did not read.',
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(admission.open.cut);
      },
    });
  }

  #gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await read());
      },
    });
  }
}
