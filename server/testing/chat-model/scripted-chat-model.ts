import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type NumberedMaterial, SCRIPTS, type Script, type ScriptName } from './chat-scripts.ts';

const requestSchema = z.object({
  model: z.string(),
  stream: z.literal(true),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(2),
});

/**
 * An OpenAI-compatible chat endpoint on loopback that plays one script for every call: the only part of the tests that is not
 * the real thing. It counts its calls and knows when a caller hung up on it.
 */
export class ScriptedChatModel {
  script: Script = SCRIPTS.faithful;
  /** Calls since `play`. */
  calls = 0;
  /** Calls since `play` whose connection the caller closed before the answer was complete. */
  abandoned = 0;
  /** The prompt of each call since `play`, all messages joined. */
  prompts: string[] = [];
  readonly baseUrl: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.baseUrl = `http://127.0.0.1:${port}/v1`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<ScriptedChatModel> {
    // By default an idle connection is closed after five seconds, on a busy machine just as the next call is on its way: one more call then.
    const server = createServer({ keepAliveTimeout: 120_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the scripted model listens on no port');
    return new ScriptedChatModel(server, address.port);
  }

  /** Plays this script from now on, counting from 0. */
  play(script: ScriptName | Script): void {
    this.script = typeof script === 'string' ? SCRIPTS[script] : script;
    this.calls = 0;
    this.abandoned = 0;
    this.prompts = [];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = ++this.calls;
    response.on('close', () => {
      if (!response.writableFinished) this.abandoned++;
    });
    const { messages } = requestSchema.parse(JSON.parse(await readAll(request)));
    const prompt = messages.map(({ content }) => content).join('\n');
    this.prompts.push(prompt);
    await this.script({
      response,
      call,
      sentences: sentencesIn(prompt),
      authorization: request.headers.authorization ?? '',
      isRewriting: !prompt.includes('<sentences>'),
    });
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

/** The numbered sentences of the prompt: `S12 (Part II, item (6)) 同步加强…`. */
function sentencesIn(prompt: string): NumberedMaterial[] {
  const sentences: NumberedMaterial[] = [];
  for (const [, id, text] of prompt.matchAll(/^(S\d+) \(.*?\) (.+)$/gmu)) if (id && text) sentences.push({ id, text });
  return sentences;
}
