import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { askRequest } from '../load/ask-request.ts';
import { round } from '../soak-report.ts';
import { describeLoad, promiseAllTold, type SoakRun } from '../soak-run.ts';

const LEAVING = 0.3;
/** Readers arrive in the first seconds; the last of them is closed before the end. */
const ARRIVING_SECONDS = 5;
const STALLED_SECONDS = ARRIVING_SECONDS + 15;
const MOST_MEGABYTES = 100;
const MOST_TIMES_SLOWER = 2;
/** Below this a p99 is the machine's doing: twice 5 ms is still nothing. */
const LEAST_P99_MILLISECONDS = 50;

/** Three in ten clients hang up within 50 ms: the others do not notice, and nothing is left over. */
export async function leaveEarly(run: SoakRun, rate: number, seconds: number): Promise<void> {
  const result = await run.load({ rate: 0.5 * rate, seconds, leaving: LEAVING });
  run.report.figure('clients that leave', describeLoad(result));
  promiseAllTold(run.report, 'clients that leave', result);
  await promiseNothingLeft(run, 'clients that leave');
}

/** Clients that ask for streams and read none of them; beside them others, who must not notice. */
export async function stallReaders(run: SoakRun, rate: number, count: number): Promise<void> {
  const load = { rate: 0.3 * rate, seconds: STALLED_SECONDS };
  const before = await run.load(load);
  const memory = await run.server.megabytes();
  const connections = await run.server.metric('youju_open_connections');
  const beside = run.load(load);
  const stalled: Socket[] = [];
  for (let index = 0; index < count; index++) {
    stalled.push(stall(run.server.port, index));
    await delay((ARRIVING_SECONDS * 1000) / count);
  }
  const during = await beside;
  const left = (await run.server.metric('youju_open_connections')) - connections;
  for (const socket of stalled) socket.destroy();

  run.report.figure('others before', describeLoad(before));
  run.report.figure(
    `others beside ${count} stalled readers`,
    `${describeLoad(during)}; ${round(memory)} MB, then at most ${round(during.megabytes)} MB`,
  );
  run.report.promise(left <= 0, `${left} stalled readers are still connected ${STALLED_SECONDS - ARRIVING_SECONDS} s after`);
  run.report.promise(during.megabytes - memory <= MOST_MEGABYTES, `stalled readers: ${round(during.megabytes - memory)} MB more`);
  const bar = MOST_TIMES_SLOWER * Math.max(before.latency.p99, LEAST_P99_MILLISECONDS);
  run.report.promise(during.latency.p99 <= bar, `stalled readers: others' p99 is ${round(during.latency.p99)} ms`);
  promiseAllTold(run.report, 'stalled readers', during);
  await promiseNothingLeft(run, 'stalled readers');
}

function stall(port: number, index: number): Socket {
  const texts = ['概括一下第二部分', '双方在能源领域有哪些合作', '中哈两国关系'];
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  socket.pause();
  socket.write(askRequest(texts, index, 0).toString('utf8').replace('Host: soak', 'Host: soak\r\nAccept: text/event-stream'));
  return socket;
}

/** Seconds until it is so, or `undefined` where it is not in time. */
async function secondsUntil(most: number, isSo: () => Promise<boolean>): Promise<number | undefined> {
  for (let second = 0; second <= most; second++) {
    if (await isSo()) return second;
    await delay(1000);
  }
  return undefined;
}

async function promiseNothingLeft(run: SoakRun, name: string): Promise<void> {
  const isIdle = async () => (await run.server.metric('youju_requests_in_flight')) + (await run.server.metric('youju_open_streams')) === 0;
  run.report.promise((await secondsUntil(5, isIdle)) !== undefined, `${name}: requests are still in flight`);
}
