import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type StartedProgram, startProgram } from '../../faults/start-program.ts';

/** The compiled server on a database, all middleware on, asked over one connection that stays open. */
export class SearchClient {
  readonly #server: StartedProgram;
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(server: StartedProgram, url: string) {
    this.#server = server;
    this.#url = url;
  }

  static async start(databaseUrl: string): Promise<SearchClient> {
    const server = startProgram('server/main.js', [], {
      DATABASE_URL: databaseUrl,
      PORT: '0',
      RATE_LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'warn',
    });
    while (!server.output().includes('answers at')) {
      if (server.child.exitCode !== null) throw new Error(`the server does not start: ${(await server.ending).stderr}`);
      await wait(20);
    }
    return new SearchClient(server, /answers at (http:\S+)/u.exec(server.output())?.[1] ?? '');
  }

  async search(query: string): Promise<unknown> {
    const body = JSON.stringify({ query });
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      request(`${this.#url}/api/search`, { method: 'POST', agent: this.#agent, headers }, (response) => {
        if (response.statusCode === 200) json(response).then(resolve, reject);
        else reject(new Error(`/api/search answered ${response.statusCode}`));
      })
        .on('error', reject)
        .end(body);
    });
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#server.child.kill('SIGTERM');
    await this.#server.ending;
  }
}
