import path from 'node:path';
import { CircuitBreaker } from '../../server/answering/model/circuit-breaker.ts';
import { DailyCalls } from '../../server/answering/model/daily-calls.ts';
import { ScriptedChatModel } from '../../server/testing/chat-model/scripted-chat-model.ts';
import { type FuzzReport, Tally, type Violation } from '../fuzz/fuzz-report.ts';
import { RandomSource } from '../fuzz/random-source.ts';
import { askInProtocol, PROTOCOLS } from './ask-in-protocol.ts';
import { CHAT_FAULTS } from './chat-faults.ts';
import type { FaultRuns } from './fail-chat-model.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';

/** Faults of an endpoint, not of its output: after five in a row it must be left alone. */
const ENDPOINT_FAULTS = [
  'hangs up',
  'HTTP 401 with the key',
  'HTTP 429',
  'HTTP 500',
  'answers in HTML',
  'breaks off',
  'hangs mid-stream',
  'drips for ever',
];
const ASKED = 12;
const FAILURES_TO_OPEN = 5;
const LONGEST_PAUSE_MILLISECONDS = 120_000;
/** Long enough for a right answer on a busy machine. */
const DEADLINE_MILLISECONDS = 2000;
const CAP = 7;
const QUESTION = '第二届中国国际进口博览会在哪里举办？';

/** The same faults with breaker and cap on: how soon a failing endpoint is left alone, tried again and used again; what a day may cost. */
export async function guardChatModel({ seed, runs, dataFolder, lanes }: FaultRuns): Promise<FuzzReport> {
  const tally = new Tally();
  const violations: Violation[] = [];
  const queue = Array.from({ length: runs }, (_, index) => index).values();
  await Promise.all(
    Array.from({ length: Math.min(lanes, runs) }, async () => {
      const endpoint = await ScriptedChatModel.start();
      try {
        for (const index of queue) violations.push(...(await guardOne(endpoint, dataFolder, index, new RandomSource(seed, index), tally)));
      } finally {
        await endpoint.close();
      }
    }),
  );
  violations.push(...(await spend(dataFolder, new RandomSource(seed, runs), tally)));
  return { figures: tally.figures(), violations };
}

async function guardOne(
  endpoint: ScriptedChatModel,
  dataFolder: string,
  index: number,
  random: RandomSource,
  tally: Tally,
): Promise<Violation[]> {
  const clock = { milliseconds: 0 };
  const guards = { breaker: new CircuitBreaker({ now: () => clock.milliseconds }) };
  const chat = { baseUrl: endpoint.baseUrl, timeoutMilliseconds: DEADLINE_MILLISECONDS, guards };
  const server = await startFaultyServer({ dataFolder, chat });
  const fault = random.pick(ENDPOINT_FAULTS);
  const found = await restAndRecover(server, endpoint, clock, fault, random, tally).finally(() => server.close());
  return found.map((words) => ({ index, fault: `${fault}: ${words}`, input: QUESTION }));
}

async function askAll(server: FaultyServer, random: RandomSource, times: number): Promise<string[]> {
  const ends: string[] = [];
  for (let asked = 0; asked < times; asked++) {
    const { status, answer, error } = await askInProtocol(server.url, random.pick(Object.keys(PROTOCOLS)), {
      question: QUESTION,
      earlier: `你好 ${random.below(2 ** 31)}`,
    });
    ends.push(status === 200 && answer?.status === 'answered' ? (answer.degraded ?? 'written') : `lost: ${error ?? status}`);
  }
  return ends;
}

async function restAndRecover(
  server: FaultyServer,
  endpoint: ScriptedChatModel,
  clock: { milliseconds: number },
  fault: string,
  random: RandomSource,
  tally: Tally,
): Promise<string[]> {
  const broken: string[] = [];
  const expectEnds = (ends: string[], isRight: (end: string, place: number) => boolean) => {
    for (const end of ends) tally.add(`under the breaker: ${end}`);
    if (!ends.every(isRight)) broken.push(`ended as ${ends.join(', ')}`);
  };
  const played = CHAT_FAULTS[fault]?.play(random);
  if (!played) throw new Error(`there is no fault ${fault}`);
  endpoint.play(played.script);
  expectEnds(await askAll(server, random, ASKED), (end, place) => (end === 'model-resting') === place >= FAILURES_TO_OPEN);
  if (endpoint.calls > 2 * FAILURES_TO_OPEN) broken.push(`${endpoint.calls} calls before it was left alone`);
  clock.milliseconds += LONGEST_PAUSE_MILLISECONDS;
  expectEnds(await askAll(server, random, 3), (end, place) => (end === 'model-resting') === place > 0);
  clock.milliseconds += LONGEST_PAUSE_MILLISECONDS;
  endpoint.play('faithful');
  expectEnds(await askAll(server, random, 3), (end) => end === 'written');
  return broken;
}

async function spend(dataFolder: string, random: RandomSource, tally: Tally): Promise<Violation[]> {
  const endpoint = await ScriptedChatModel.start();
  const guards = { calls: new DailyCalls(path.join(dataFolder, 'capped'), CAP) };
  const server = await startFaultyServer({ dataFolder, chat: { baseUrl: endpoint.baseUrl, timeoutMilliseconds: 30_000, guards } });
  endpoint.play('faithful');
  const ends = await askAll(server, random, CAP + 5);
  await Promise.all([server.close(), endpoint.close()]);
  for (const end of ends) tally.add(`under the cap: ${end}`);
  // A call that a busy machine loses on its way is tried again, and counts.
  const firstSpent = ends.indexOf('model-spent');
  const staysSpent = firstSpent > 0 && ends.every((end, place) => (end === 'model-spent') === place >= firstSpent);
  const isKept = endpoint.calls <= CAP && staysSpent && !ends.some((end) => end.startsWith('lost'));
  return isKept ? [] : [{ index: -1, fault: `the cap of ${CAP} calls: ${endpoint.calls} calls, ${ends.join(', ')}`, input: QUESTION }];
}
