import type { ServerResponse } from 'node:http';
import { drained, SCRIPTS, type Script } from '../../server/testing/chat-model/chat-scripts.ts';
import type { RandomSource } from '../fuzz/random-source.ts';

/**
 * What a chat endpoint can do wrong. `mayBeUsed`: something of its output may be right and be shown as the model's answer; of all
 * others the answer must be an extract that says so. `isRefused`: nothing listens at its address.
 */
export type ChatFault = { script: (random: RandomSource) => Script; mayBeUsed?: boolean; isRefused?: boolean };

const MEGABYTE = 2 ** 20;
/** Two sentences in chunks of seven characters, in bytes. */
const LONGEST_ANSWER = 12_000;

const always = (script: Script): ChatFault => ({ script: () => script });

const openStream = (response: ServerResponse) => response.writeHead(200, { 'Content-Type': 'text/event-stream' });

async function writeEndlessly(response: ServerResponse, part: string, most: number): Promise<void> {
  for (let sent = 0; sent < most && !response.destroyed; sent += part.length) if (!response.write(part)) await drained(response);
  response.end();
}

const inOneLine: Script = ({ response }) => writeEndlessly(openStream(response), 'data: '.padEnd(65_536, 'x'), 10 * MEGABYTE);
const inEmptyEvents: Script = ({ response }) =>
  writeEndlessly(openStream(response), `data: {"choices": []}\n\n${': keep-alive\n\n'.repeat(1000)}`, 10 * MEGABYTE);
const inAnError: Script = ({ response, authorization }) =>
  writeEndlessly(
    response.writeHead(500, { 'Content-Type': 'application/json' }),
    `{"error": {"message": "${authorization}"}}\n`.repeat(100),
    10 * MEGABYTE,
  );

/** Sends a little every few milliseconds for ever, so that no time-out between two bytes helps. */
const drips: Script = ({ response }) => {
  openStream(response);
  const timer = setInterval(() => response.write(': still thinking\n\n'), 20);
  response.on('close', () => clearInterval(timer));
};

const sendsOn: Script = ({ response }) => {
  response.writeHead(307, { Location: '/v1/chat/completions' }).end();
};

const hangsInAnError: Script = ({ response, authorization }) => {
  response.writeHead(401, { 'Content-Type': 'application/json' }).write(`{"error": {"message": "${authorization}`);
};

/** Lets a right answer out up to a byte of the whole response, then closes or hangs. */
const cutAt =
  (random: RandomSource): Script =>
  async (exchange) => {
    const { response } = exchange;
    const allowed = random.below(LONGEST_ANSWER);
    const hangs = random.chance(0.05);
    const write = response.write.bind(response);
    let sent = 0;
    const writeSome = (part: unknown): boolean => {
      const bytes = Buffer.from(String(part));
      const rest = bytes.subarray(0, Math.max(0, allowed - sent));
      sent += bytes.length;
      return rest.length > 0 ? write(rest) : true;
    };
    const isCut = () => sent > allowed;
    await SCRIPTS.faithful({ ...exchange, response: cutting(response, writeSome, isCut, hangs) });
  };

/** A response whose bytes go through `writeSome`. */
function cutting(response: ServerResponse, writeSome: (part: unknown) => boolean, isCut: () => boolean, hangs: boolean): ServerResponse {
  const cut: ServerResponse = Object.create(response, {
    write: { value: writeSome },
    writeHead: {
      value: (status: number, headers: Record<string, string>) => {
        response.writeHead(status, headers);
        return cut;
      },
    },
    end: {
      value: (part?: unknown) => {
        if (part !== undefined) writeSome(part);
        if (!isCut()) response.end();
        // What was written still goes out.
        else if (!hangs) response.socket?.destroySoon();
      },
    },
  });
  return cut;
}

/** Faults by name; the scripts that the tests know, and more. */
export const CHAT_FAULTS: Record<string, ChatFault> = {
  'refuses connections': { ...always(SCRIPTS.fails), isRefused: true },
  'hangs before headers': always(SCRIPTS['hangs before headers']),
  'hangs after headers': always(SCRIPTS['hangs after headers']),
  'hangs mid-stream': always(SCRIPTS['hangs mid-stream']),
  'hangs in an error': always(hangsInAnError),
  'drips for ever': always(drips),
  'hangs up': always(SCRIPTS['hangs up']),
  'HTTP 401 with the key': always(SCRIPTS['refuses the key and repeats it']),
  'HTTP 429': always(SCRIPTS['is overloaded']),
  'HTTP 500': always(SCRIPTS.fails),
  'fails once': { script: () => SCRIPTS['fails once'], mayBeUsed: true },
  'HTTP 307 to itself': always(sendsOn),
  'answers in HTML': always(SCRIPTS['answers in HTML']),
  'sends broken events': always(SCRIPTS['sends broken events']),
  'repeats the key in a broken event': always(SCRIPTS['repeats the key in a broken event']),
  'breaks off': always(SCRIPTS['breaks off']),
  'is cut at a byte': { script: cutAt, mayBeUsed: true },
  'runs out of tokens (length)': always(SCRIPTS['runs out of tokens']),
  'floods with text': always(SCRIPTS.floods),
  'floods without a newline': always(inOneLine),
  'floods with empty events': always(inEmptyEvents),
  'floods with an error': always(inAnError),
  'invents ids': always(SCRIPTS['cites ids that it was not given']),
  'invents quotes': always(SCRIPTS['invents quotes']),
  'alters a quote': always(SCRIPTS['alters a quote by one character']),
  'invents numbers': always(SCRIPTS['invents numbers']),
  'writes no JSON': always(SCRIPTS['writes lines that are no JSON']),
  'writes nothing': always(SCRIPTS['writes nothing']),
};
