import { LoadConnection, type Outcome } from '../../soak/load/load-connection.ts';

/** What became of a run: answers a second, and how much of one core asking took (near 1 it measures itself). */
export type Throughput = { perSecond: number; ownCpu: number };

/** Who asks again at once keeps the server busy with refusing. */
const PAUSE_MILLISECONDS = 20;

/**
 * Asks all of these, so many at a time, each connection its next one as soon as it has its answer. Where the machine stands still for a while,
 * a server refuses (503) what came meanwhile: that is asked again after a pause, and the time it takes counts.
 * @throws Error where anything else than an answer or a refusal comes back
 */
export async function askInTurn(port: number, requests: readonly Buffer[], connections: number): Promise<Throughput> {
  const open: LoadConnection[] = [];
  let next = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const askAll = (connection: LoadConnection) =>
    new Promise<void>((resolve, reject) => {
      const askNext = () => {
        const request = requests[next++];
        if (request) askUntilAnswered(request);
        else resolve();
      };
      const askUntilAnswered = (request: Buffer) =>
        connection.ask(request, (outcome: Outcome) => {
          if (outcome !== 'reset' && outcome.status === 200) askNext();
          else if (outcome !== 'reset' && outcome.status === 503) setTimeout(() => askUntilAnswered(request), PAUSE_MILLISECONDS);
          else reject(new Error(`a question was not answered, but ${JSON.stringify(outcome)}`));
        });
      askNext();
    });
  for (let number = 0; number < connections; number++) open.push(new LoadConnection(port, () => {}));
  await Promise.all(open.map(askAll));
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of open) connection.leave();
  return { perSecond: (1000 * requests.length) / milliseconds, ownCpu: (user + system) / 1000 / milliseconds };
}

/** A question as a client behind a proxy sends it. Each address is a client of its own: one alone may not have 64 questions open. */
export function questionRequest(question: string, client: number): Buffer {
  const body = JSON.stringify({ question });
  const address = `10.0.${(client >> 8) & 255}.${client & 255}`;
  return Buffer.from(
    `POST /api/ask HTTP/1.1\r\nHost: youju.example\r\nContent-Type: application/json\r\nAccept: application/json\r\nX-Forwarded-For: ${address}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
