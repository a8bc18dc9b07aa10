import { LoadConnection, type Outcome } from '../../soak/load/load-connection.ts';

/** What became of a run: answers a second, how much of one core asking took (near 1 it measures itself), and other statuses than 200. */
export type Throughput = { perSecond: number; ownCpu: number; failures: number };

/** Asks all of these, so many at a time, each connection its next one as soon as it has its answer. */
export async function askInTurn(port: number, requests: readonly Buffer[], connections: number): Promise<Throughput> {
  const open: LoadConnection[] = [];
  let next = 0;
  let failures = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const askAll = (connection: LoadConnection) =>
    new Promise<void>((resolve) => {
      const take = (outcome?: Outcome) => {
        if (outcome !== undefined && (outcome === 'reset' || outcome.status !== 200)) failures++;
        const request = requests[next++];
        if (request && outcome !== 'reset') connection.ask(request, take);
        else resolve();
      };
      take();
    });
  for (let number = 0; number < connections; number++) open.push(new LoadConnection(port, () => {}));
  await Promise.all(open.map(askAll));
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of open) connection.leave();
  return { perSecond: (1000 * requests.length) / milliseconds, ownCpu: (user + system) / 1000 / milliseconds, failures };
}

/** A question as a client behind a proxy sends it. Each address is a client of its own: one alone may not have 64 questions open. */
export function questionRequest(question: string, client: number): Buffer {
  const body = JSON.stringify({ question });
  const address = `10.0.${(client >> 8) & 255}.${client & 255}`;
  return Buffer.from(
    `POST /api/ask HTTP/1.1\r\nHost: youju.example\r\nContent-Type: application/json\r\nAccept: application/json\r\nX-Forwarded-For: ${address}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
