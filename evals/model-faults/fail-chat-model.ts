import { ScriptedChatModel } from '../../server/testing/chat-model/scripted-chat-model.ts';
import { findSecret } from '../../server/testing/find-secret.ts';
import { type FuzzReport, Tally, type Violation } from '../fuzz/fuzz-report.ts';
import { RandomSource } from '../fuzz/random-source.ts';
import { toldDocument } from '../fuzz/statement-source.ts';
import { type Asked, askInProtocol, PROTOCOLS } from './ask-in-protocol.ts';
import { CHAT_FAULTS, type ChatFault } from './chat-faults.ts';
import { faultsOf } from './check-reply.ts';
import { FairClock } from './fair-clock.ts';
import { CANARY_KEY, type FaultyServer, startFaultyServer } from './faulty-server.ts';

/** How many runs of each fault, on which data, how many at a time. */
export type FaultRuns = { seed: number; runs: number; dataFolder: string; lanes: number };

/** All that one answer may ask of the model, in milliseconds: short, so that hanging endpoints cost little time. */
const DEADLINE_MILLISECONDS = 1000;
/** Nothing listens on the port of a service that nobody runs any more: TCP port 1, tcpmux. */
const NOBODY = 'http://127.0.0.1:1/v1';

/** Two in Chinese, one about several things, and two in other languages, which the model is asked to rewrite first. */
const QUESTIONS = [
  '第二届中国国际进口博览会在哪里举办？',
  '双方在能源领域有哪些合作？',
  '跨界河流如何保护？铁路货运班列怎么发展？',
  'What does the statement say about Afghanistan?',
  'Что сказано о реформе Совета Безопасности?',
];

type Job = { index: number; name: string; fault: ChatFault };

/**
 * Runs every fault of a chat endpoint many times against the real server, in every protocol. Neither breaker nor cap is on: each run
 * is to meet its fault.
 */
export async function failChatModel({ seed, runs, dataFolder, lanes }: FaultRuns): Promise<FuzzReport> {
  const faults = Object.entries(CHAT_FAULTS);
  // One of each in turn: eight floods at once would measure this process, which sends them, too.
  const jobs = Array.from({ length: runs }, (_, run) =>
    faults.map(([name, fault], place): Job => ({ index: run * faults.length + place, name, fault })),
  ).flat();
  const queue = jobs.values();
  const tally = new Tally();
  const violations: Violation[] = [];
  await Promise.all(
    Array.from({ length: Math.min(lanes, jobs.length) }, async () => {
      const lane = await Lane.start(dataFolder);
      try {
        for (const job of queue) violations.push(...(await lane.run(job, new RandomSource(seed, job.index), tally)));
        violations.push(...(await lane.secretsTold()));
      } finally {
        await lane.close();
      }
    }),
  );
  return { figures: tally.figures(), violations };
}

/** One question at a time: an endpoint of its own tells what a question cost. */
class Lane {
  readonly #endpoint: ScriptedChatModel;
  readonly #server: FaultyServer;
  readonly #unconnected: FaultyServer;
  readonly #clock = new FairClock();

  private constructor(endpoint: ScriptedChatModel, server: FaultyServer, unconnected: FaultyServer) {
    this.#endpoint = endpoint;
    this.#server = server;
    this.#unconnected = unconnected;
  }

  static async start(dataFolder: string): Promise<Lane> {
    const endpoint = await ScriptedChatModel.start();
    const serverFor = (baseUrl: string) => startFaultyServer({ dataFolder, chat: { baseUrl, timeoutMilliseconds: DEADLINE_MILLISECONDS } });
    const lane = new Lane(endpoint, await serverFor(endpoint.baseUrl), await serverFor(NOBODY));
    // Loads the client, which takes longer than the deadline on a busy machine.
    for (const server of [lane.#server, lane.#unconnected])
      await askInProtocol(server.url, '/api/ask', { question: QUESTIONS[0] ?? '', earlier: '' });
    return lane;
  }

  async run({ index, name, fault }: Job, random: RandomSource, tally: Tally): Promise<Violation[]> {
    const protocol = random.pick(Object.keys(PROTOCOLS));
    const asked: Asked = { question: random.pick(QUESTIONS), earlier: `你好 ${index}` };
    const { script, mayBeUsed } = fault.play(random);
    this.#endpoint.play(script);
    const server = fault.isRefused ? this.#unconnected : this.#server;
    const started = this.#clock.now();
    const reply = await askInProtocol(server.url, protocol, asked);
    const milliseconds = this.#clock.now() - started;
    const run = { reply, mayBeModels: mayBeUsed(), milliseconds, calls: this.#callsFor(asked) };
    tally.add('questions');
    tally.add(`by ${protocol}`);
    tally.add('upstream calls', run.calls);
    tally.add(`${name}: ${reply.answer ? `${reply.answer.status} ${reply.answer.degraded ?? reply.answer.generator}` : 'typed error'}`);
    const faults = faultsOf(run, DEADLINE_MILLISECONDS, toldDocument(server.index()));
    return faults.map((found) => ({ index, fault: `${name}, ${protocol}: ${found}`, input: JSON.stringify(asked) }));
  }

  /** What the run before asked may arrive late, where it was given up at the deadline. */
  #callsFor({ earlier }: Asked): number {
    return this.#endpoint.prompts.filter((prompt) => prompt.includes(`user: ${earlier}\n`)).length;
  }

  /** The key in what was logged and measured. */
  async secretsTold(): Promise<Violation[]> {
    const told: Violation[] = [];
    for (const server of [this.#server, this.#unconnected]) {
      const forms = findSecret(`${server.logs.join('')}${await server.metrics()}`, CANARY_KEY);
      told.push(...forms.map((form) => ({ index: -1, fault: `the key was logged, ${form}`, input: '' })));
    }
    return told;
  }

  async close(): Promise<void> {
    this.#clock.stop();
    await Promise.all([this.#server.close(), this.#unconnected.close()]);
    await this.#endpoint.close();
  }
}
