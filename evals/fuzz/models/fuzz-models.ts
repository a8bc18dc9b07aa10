import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { answerQuestion } from '../../../server/answering/answer-question.ts';
import { type AnswerStep, lastStep } from '../../../server/answering/answer-step.ts';
import { ChatModel } from '../../../server/answering/model/chat-model.ts';
import { says } from '../../../server/testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../../../server/testing/chat-model/scripted-chat-model.ts';
import { type FuzzReport, type FuzzRun, indexesOf, showInput, Tally, type Violation } from '../fuzz-report.ts';
import { RandomSource } from '../random-source.ts';
import { misquotesIn, toldDocument } from '../statement-source.ts';
import { type HostileLine, hostileLines } from './hostile-lines.ts';
import { writeHostileJson } from './write-hostile-json.ts';

/** Questions that lead to many parts of the statement; one in five is asked in another language, which lets the model rewrite it first. */
const QUESTIONS = [
  '第二届中国国际进口博览会在哪里举办？',
  '双方在能源领域有哪些合作？',
  '托卡耶夫什么时候访问中国？',
  '双方签订过哪些条约和联合声明？',
  '双方承诺不参加什么联盟？',
  '哈方对台湾问题持什么立场？',
  '霍尔果斯国际边境合作中心如何运营？',
  '双方如何打击“三股势力”？',
  '第二届“一带一路”国际合作高峰论坛在哪里举办？',
  '叙利亚问题如何解决？',
  '双方对上海合作组织怎么看？',
  '跨界河流如何保护？',
  '铁路货运班列怎么发展？',
  '概括第四部分的内容',
  'What does the statement say about Afghanistan?',
  'Что сказано о реформе Совета Безопасности?',
  'Су ресурстары туралы не айтылған?',
];

type Asked = { question: string; lines: HostileLine[]; written: string };

/** Lets a chat model that lies in every way answer through the real client, and looks for a lie that was shown. */
export async function fuzzModels({ seed, ...run }: FuzzRun, index: OpenIndex): Promise<FuzzReport> {
  const endpoint = await ScriptedChatModel.start();
  const tally = new Tally();
  const violations: Violation[] = [];
  try {
    const chatModel = new ChatModel({ model: 'hostile', apiKey: 'none', baseUrl: endpoint.baseUrl, timeoutMilliseconds: 30_000 });
    for (const at of indexesOf({ seed, ...run })) {
      const random = new RandomSource(seed, at);
      const asked: Asked = { question: random.pick(QUESTIONS), lines: [], written: '' };
      endpoint.play((exchange) => {
        if (exchange.isRewriting) return says(() => JSON.stringify({ questions: [asked.question] }))(exchange);
        asked.lines = hostileLines(random, exchange.sentences);
        asked.written = writeHostileJson(random, asked.lines);
        return says(() => asked.written)(exchange);
      });
      const dependencies = {
        index,
        embeddingModel: new EmbeddingModel({}),
        chatModel,
        publicUrl: 'http://localhost',
        onDegraded: () => {},
      };
      const faults = await faultsOf(answerQuestion({ question: asked.question }, dependencies), asked, index, tally);
      violations.push(
        ...faults.map((fault) => ({ index: at, fault, input: showInput({ question: asked.question, written: asked.written }) })),
      );
    }
  } finally {
    await endpoint.close();
  }
  return { figures: tally.figures(), violations };
}

async function faultsOf(steps: AsyncIterable<AnswerStep>, asked: Asked, index: OpenIndex, tally: Tally): Promise<string[]> {
  const shown: string[] = [];
  const watched = (async function* () {
    for await (const step of steps) {
      // What was streamed was seen, even where the answer ends as an extract.
      if (step.event === 'text-delta') shown.push(step.data.text);
      yield step;
    }
  })();
  const { data } = await lastStep(watched);
  tally.add(`answers by ${data.generator}`);
  const text = shown.join('\n');
  const faults = misquotesIn(data, toldDocument(index));
  // The same words may be borne out by what another line cites.
  const right = new Set(asked.lines.filter(({ isWrong }) => !isWrong).map((line) => line.text));
  for (const line of asked.lines) {
    const isShown = text.includes(`${line.text}[`) || text.includes(`${line.text.trim()}[`);
    const kind = line.isWrong && right.has(line.text) ? 'lines both right and wrong' : line.isWrong ? 'wrong lines' : 'right lines';
    tally.add(`${kind} ${isShown ? 'shown' : 'dropped'}`);
    if (!line.isWrong && !isShown) tally.add(`right but dropped: ${line.kind}`);
    if (kind === 'wrong lines' && isShown) faults.push(`${line.kind} was shown: ${line.text}`);
  }
  return faults;
}
