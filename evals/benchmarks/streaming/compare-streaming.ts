import path from 'node:path';
import { packageRoot } from '../../../ingest/package-root.ts';
import { line, type NumberedMaterial, type Script, says, saysSlowly } from '../../../server/testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../../../server/testing/chat-model/scripted-chat-model.ts';
import { readEvalCases } from '../../statement/eval-case.ts';
import { ServedProgram } from '../http/served-program.ts';
import { quantile } from '../take-turns.ts';
import { type StreamTimes, timeStream } from './time-stream.ts';

/** Questions that Youju answers before any is timed: until then V8 has not compiled what they run. */
const WARM_UP = 300;
const SENTENCES = 12;
const TOKEN_MILLISECONDS = 3;
/** As it stands in the upstream's JSON: there its first line, one sentence with what it rests on, is whole. */
const END_OF_LINE = '\\n';
const FIRST_SENTENCE = 'event: text-delta';

/**
 * Milliseconds, medians: until the first whole sentence is there, from the upstream itself and through Youju (which shows no sentence
 * before it is whole and verified), and by how much it is later there and through a raw gateway, the time that the upstream took to think
 * of it left out; and what Youju streams in a second, of what a raw gateway does.
 */
export type StreamingComparison = {
  upstreamFirst: number;
  youjuFirst: number;
  later: number;
  gatewayLater: number;
  throughput: number;
};

/**
 * Asks distinct questions of the upstream itself, through Youju and through a raw gateway, in turn. The upstream is a scripted model: for
 * the first sentence it thinks of a token for 3 ms, as models do, for what is streamed in a second it sends its answer as fast as it can, so
 * that all that is measured is what stands in between. Questions that are put to the model twice (to be rewritten first) are left out.
 */
export async function compareStreaming(dataFolder: string, logFolder: string): Promise<StreamingComparison> {
  const model = await ScriptedChatModel.start();
  const youju = await ServedProgram.start('server/main.js', path.join(logFolder, 'youju.log'), [], {
    PORT: '0',
    DATA_DIR: dataFolder,
    RATE_LIMIT_PER_MINUTE: '1000000',
    CHAT_MODEL: 'scripted',
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: model.baseUrl,
    CHAT_CALLS_PER_DAY: '0',
  });
  const gateway = await ServedProgram.start('evals/benchmarks/streaming/gateway-program.js', path.join(logFolder, 'gateway.log'), [
    model.baseUrl,
  ]);
  try {
    const { toWarmUp, toMeasure } = await chineseQuestions();
    const contest = { model, youju: youju.port, gateway: gateway.port };
    await warmUp(contest, toWarmUp);
    const slow = await takeTurns(contest, 'slow.example', toMeasure, saysSlowly(retell(1), TOKEN_MILLISECONDS));
    const fast = await takeTurns(contest, 'fast.example', toMeasure, says(retell(SENTENCES)));
    return {
      upstreamFirst: median(slow.map(({ upstream: { first } }) => first)),
      youjuFirst: median(slow.map(({ youju: { first } }) => first)),
      later: median(slow.map((turn) => besideThinking(turn.youju) - besideThinking(turn.upstream))),
      gatewayLater: median(slow.map((turn) => besideThinking(turn.gateway) - besideThinking(turn.upstream))),
      throughput: median(fast.map((turn) => turn.gateway.total / turn.youju.total)),
    };
  } finally {
    await Promise.all([youju.stop(), gateway.stop()]);
    await model.close();
  }
}

type Contest = { model: ScriptedChatModel; youju: number; gateway: number };
/** `thinking`: milliseconds from when the upstream was asked until it had sent all of its sentence. Its timer is up to 1 ms late, a token. */
type Answered = StreamTimes & { thinking: number };
type Turn = Record<'upstream' | 'youju' | 'gateway', Answered>;

const besideThinking = ({ first, thinking }: Answered) => first - thinking;

/** Answers are remembered by the address that their links lead to, too: under another one a question is answered anew. */
async function warmUp(contest: Contest, questions: string[]): Promise<void> {
  for (let asked = 0; asked < WARM_UP; asked += questions.length)
    await takeTurns(contest, `warm-up-${asked}.example`, questions, says(retell(SENTENCES)));
}

async function takeTurns({ model, youju, gateway }: Contest, host: string, questions: string[], script: Script): Promise<Turn[]> {
  let thinking = 0;
  const timed: Script = async (exchange) => {
    const began = performance.now();
    await script(exchange);
    thinking = performance.now() - began;
  };
  const ask = async (url: string, body: object, mark: string) => ({ ...(await timeStream(url, body, mark, host)), thinking });
  const turns: Turn[] = [];
  for (const question of questions) {
    model.play(timed);
    const own = await ask(`http://127.0.0.1:${youju}/api/ask`, { question }, FIRST_SENTENCE);
    if (model.calls !== 1) continue;
    const body = { model: 'scripted', stream: true, messages: promptAsSent(model.prompts[0] ?? '') };
    const raw = await ask(`${model.baseUrl}/chat/completions`, body, END_OF_LINE);
    const piped = await ask(`http://127.0.0.1:${gateway}/v1/chat/completions`, body, END_OF_LINE);
    turns.push({ upstream: raw, youju: own, gateway: piped });
  }
  return turns;
}

/** Retells sentences of the prompt, each on a line with its id. */
const retell = (most: number) => (sentences: NumberedMaterial[]) =>
  sentences
    .slice(0, most)
    .map(({ id, text }) => line(text.replace(/[“”「」『』«»"]/gu, ''), [id]))
    .join('');

const promptAsSent = (prompt: string) => [
  { role: 'system', content: '' },
  { role: 'user', content: prompt },
];

/** Questions of the tuning half in the language of the documents. */
async function chineseQuestions(): Promise<{ toWarmUp: string[]; toMeasure: string[] }> {
  const cases = (await readEvalCases(path.join(packageRoot, 'evals', 'cases'))).filter(
    ({ half, language, history, expect }) => half === 'tuning' && language === 'zh-Hans' && !history && expect.status === 'answered',
  );
  const questions = cases.map(({ question }) => question);
  return {
    toWarmUp: questions.filter((_, place) => place % 3 === 0),
    toMeasure: questions.filter((_, place) => place % 3 !== 0),
  };
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
