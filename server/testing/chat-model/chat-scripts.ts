import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** A numbered sentence as the prompt holds it. */
export type NumberedMaterial = { id: string; text: string };

type Exchange = { response: ServerResponse; call: number; sentences: NumberedMaterial[]; authorization: string; isRewriting: boolean };
export type Script = (exchange: Exchange) => void | Promise<void>;

const FLOOD_BYTES = 10 * 1024 * 1024;
const TOKEN_LENGTH = 7;

export const line = (text: string, ids: string[]) => `${JSON.stringify({ text, ids })}\n`;

/** A sentence of the material as a model would retell it: without its quotation marks. */
const retold = ({ text }: NumberedMaterial) => text.replace(/[“”「」『』«»"]/gu, '');

const firstOf = (sentences: NumberedMaterial[]): NumberedMaterial => sentences[0] ?? { id: 'S0', text: '（没有材料）' };
const retellFirst = (sentences: NumberedMaterial[]) => line(retold(firstOf(sentences)), [firstOf(sentences).id]);

const chunk = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-scripted',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'scripted',
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
  })}\n\n`;

const openStream = (response: ServerResponse) => response.writeHead(200, { 'Content-Type': 'text/event-stream' });

/** Text as a model streams it: a few characters a chunk. */
function* tokensOf(text: string): Generator<string> {
  const characters = [...text];
  for (let start = 0; start < characters.length; start += TOKEN_LENGTH)
    yield chunk(characters.slice(start, start + TOKEN_LENGTH).join(''), null);
}

function writeTokens(response: ServerResponse, text: string): void {
  for (const token of tokensOf(text)) response.write(token);
}

function streamWhole(response: ServerResponse, text: string, finish = 'stop'): void {
  openStream(response);
  writeTokens(response, text);
  response.end(`${chunk('', finish)}data: [DONE]\n\n`);
}

/** A script that streams a complete answer made from the sentences of the prompt. */
export const says =
  (write: (sentences: NumberedMaterial[]) => string, finish?: string): Script =>
  ({ response, sentences }) =>
    streamWhole(response, write(sentences), finish);

/** A script that streams it token by token, with a pause before each, as a model that has to think of them. */
export const saysSlowly =
  (write: (sentences: NumberedMaterial[]) => string, pauseMilliseconds: number): Script =>
  async ({ response, sentences }) => {
    openStream(response);
    for (const token of tokensOf(write(sentences))) {
      await wait(pauseMilliseconds);
      response.write(token);
    }
    response.end(`${chunk('', 'stop')}data: [DONE]\n\n`);
  };

const refuses =
  (status: number, message: (authorization: string) => string): Script =>
  ({ response, authorization }) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error: { message: message(authorization), type: 'scripted', code: String(status) } }));
  };

const retellTwo = (sentences: NumberedMaterial[]) => retellFirst(sentences) + retellFirst(sentences.slice(1));
const writesFaithfully = says(retellTwo);
/** Rewrites every question into one about the expo, whose paragraph the tests know. */
const REWRITING = JSON.stringify({ questions: ['第二届中国国际进口博览会在哪里举办？'] });
const rewrites = says(() => REWRITING);
const faithful: Script = (exchange) => (exchange.isRewriting ? rewrites(exchange) : writesFaithfully(exchange));
/** The body of a right answer: its events up to the one that says that it is complete, and what comes behind. */
export const faithfulBody = ({ isRewriting, sentences }: Exchange): [complete: string, rest: string] => [
  [...tokensOf(isRewriting ? REWRITING : retellTwo(sentences)), chunk('', 'stop')].join(''),
  'data: [DONE]\n\n',
];
const fails = refuses(500, () => 'scripted failure');

/** The source's own words, eight characters of them, and the same with one character exchanged. */
const excerpt = ({ text }: NumberedMaterial) => retold({ id: '', text }).slice(0, 8);
const altered = (sentence: NumberedMaterial) => `${excerpt(sentence).slice(0, 4)}们${excerpt(sentence).slice(5)}`;

/** Waits until more may be written, or nobody reads any more. */
export const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });

async function flood({ response }: Exchange): Promise<void> {
  openStream(response);
  const part = chunk('水'.repeat(1000), null);
  for (let sent = 0; sent < FLOOD_BYTES && !response.destroyed; sent += part.length) if (!response.write(part)) await drained(response);
  response.end(`${chunk('', 'stop')}data: [DONE]\n\n`);
}

/** What the chat model can do, right and wrong. */
export const SCRIPTS = {
  faithful,
  'quotes to the letter': says((sentences) => line(`原文有“${excerpt(firstOf(sentences))}”等语`, [firstOf(sentences).id])),
  'invents quotes': says((sentences) => line('双方写道：“建立月球联合基地”。', [firstOf(sentences).id])),
  'invents quotes in other marks': says((sentences) =>
    ['„建立月球联合基地“', '‘建立月球联合基地’', '“建立月球联合基地', '＂建立月球联合基地＂', '『建立月球联合基地』', '‹建立月球联合基地›']
      .map((words) => line(`双方写道：${words}。`, [firstOf(sentences).id]))
      .join(''),
  ),
  'alters a quote by one character': says((sentences) => line(`原文有“${altered(firstOf(sentences))}”等语`, [firstOf(sentences).id])),
  'invents numbers': says((sentences) =>
    ['双边贸易额达到98765亿美元。', '双边贸易额达到三百亿美元。', '双边贸易额增长百分之七。']
      .map((text) => line(text, [firstOf(sentences).id]))
      .join(''),
  ),
  'cites ids that it was not given': says((sentences) => line(retold(firstOf(sentences)), ['S99999']) + line('双方满意。', ['x'])),
  'cites right and wrong ids': says(
    (sentences) => line('这一句有一处出处不存在', [firstOf(sentences).id, 'S99999']) + retellFirst(sentences.slice(1)),
  ),
  'imitates markers and markup': says(
    (sentences) => line('双方合作[7]。', [firstOf(sentences).id]) + line('见 <b>原文</b> https://example.com', [firstOf(sentences).id]),
  ),
  'breaks off': ({ response, sentences }) => {
    openStream(response);
    writeTokens(response, `${retellFirst(sentences)}{"text": "双方还`);
    response.end();
  },
  'runs out of tokens': says((sentences) => `${retellFirst(sentences)}{"text": "双方还`, 'length'),
  'hangs before headers': () => {},
  'hangs after headers': ({ response }) => {
    openStream(response).flushHeaders();
  },
  'hangs mid-stream': ({ response, sentences }) => {
    openStream(response);
    writeTokens(response, `${retellFirst(sentences)}{"text": "双方还`);
  },
  'hangs up': ({ response }) => {
    response.destroy();
  },
  fails,
  'fails once': (exchange) => (exchange.call === 1 ? fails(exchange) : faithful(exchange)),
  'refuses the key and repeats it': refuses(401, (authorization) => `Incorrect API key provided: ${authorization}`),
  'is overloaded': refuses(429, () => 'slow down'),
  'answers in HTML': ({ response }) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title><p>Please sign in to the Wi-Fi.</p>');
  },
  'sends broken events': ({ response, authorization }) => {
    openStream(response).end(`data: {"choices": [{"delta"\n\ndata: not json: ${authorization}\n\ndata: [DONE]\n\n`);
  },
  'repeats the key in a broken event': ({ response, authorization }) => {
    openStream(response).end(`data: Incorrect API key provided: ${authorization}\n\n`);
  },
  'writes lines that are no JSON': says(() => '当然！以下是回答：\n{"text": 5, "ids": "S1"}\n{"text": "没有出处", "ids": []}\n'),
  'fences its JSON': says((sentences) => `\`\`\`json\n${retellFirst(sentences)}\`\`\`\n`),
  'writes nothing': says(() => ''),
  'writes blank sentences': says((sentences) => line('   ', [firstOf(sentences).id])),
  floods: flood,
  'rewrites into nonsense': (exchange) =>
    exchange.isRewriting ? streamWhole(exchange.response, 'Sure! Here you go: {"questions": 5') : writesFaithfully(exchange),
  'finds no answer': says(() => '{"none": true}\n'),
} satisfies Record<string, Script>;

export type ScriptName = keyof typeof SCRIPTS;
