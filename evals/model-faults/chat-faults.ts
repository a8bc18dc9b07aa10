import type { ServerResponse } from 'node:http';
import { drained, faithfulBody, SCRIPTS, type Script } from '../../server/testing/chat-model/chat-scripts.ts';
import type { RandomSource } from '../fuzz/random-source.ts';

/**
 * A fault as it is played to one question. `mayBeUsed`: whether its output, once the question is answered, was complete and right and
 * may be shown as the model's; of all others the answer must be an extract that says so.
 */
type Played = { script: Script; mayBeUsed: () => boolean };

/** What a chat endpoint can do wrong. `isRefused`: nothing listens at its address. */
export type ChatFault = { play: (random: RandomSource) => Played; isRefused?: boolean };

const MEGABYTE = 2 ** 20;
const HANGING_SHARE = 0.05;

const always = (script: Script): ChatFault => ({ play: () => ({ script, mayBeUsed: () => false }) });

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

/** A right answer up to a byte of its body; then the endpoint hangs up, or hangs. Truncated, it is not to be used. */
function cutAtByte(random: RandomSource): Played {
  let isComplete = false;
  const script: Script = (exchange) => {
    const [complete, rest] = faithfulBody(exchange).map((part) => Buffer.from(part));
    const body = Buffer.concat([complete ?? Buffer.of(), rest ?? Buffer.of()]);
    const end = random.between(1, body.length);
    const hangs = random.chance(HANGING_SHARE);
    isComplete = end >= (complete?.length ?? 0);
    const { response } = exchange;
    openStream(response).write(body.subarray(0, end), () => (hangs ? undefined : response.destroy()));
  };
  return { script, mayBeUsed: () => isComplete };
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
  'fails once': { play: () => ({ script: SCRIPTS['fails once'], mayBeUsed: () => true }) },
  'HTTP 307 to itself': always(sendsOn),
  'answers in HTML': always(SCRIPTS['answers in HTML']),
  'sends broken events': always(SCRIPTS['sends broken events']),
  'repeats the key in a broken event': always(SCRIPTS['repeats the key in a broken event']),
  'breaks off': always(SCRIPTS['breaks off']),
  'is cut at a byte': { play: cutAtByte },
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
