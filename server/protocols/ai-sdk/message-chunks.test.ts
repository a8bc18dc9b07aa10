import type { UIMessageChunk } from 'ai';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerStep, shiftSpans } from '../../answering/answer-step.ts';
import { answerOf, assembled, checkedChunk, citationsOf, sourcesOf, textOf } from '../../testing/clients/ui-messages.ts';
import type { AnswerBody, Citation } from '../../wire.ts';
import { messageChunks } from './message-chunks.ts';

const cite = (marker: number, quote: string): Citation => ({
  marker,
  documentId: 'statement',
  paragraphId: `part-1-p${marker}`,
  label: `第一部分第${marker}段`,
  quote,
  start: 0,
  end: quote.length,
  url: `https://policy.example/documents/statement#part-1-p${marker}`,
  similarity: 1,
});

const common = { id: 'answer-id', language: 'zh-Hans', generator: 'extractive', indexGeneration: 'generation' } as const;
const DECLINED = '文件没有说明这一点，因此不作回答。';
const problem = { type: 'about:blank', title: 'Internal error', status: 500, detail: 'something went wrong on our side', code: 'internal' };
const declined: AnswerBody = { ...common, status: 'abstained', reason: 'no-evidence', answer: DECLINED, citations: [], nearby: [] };

type Ending = 'answered' | 'declined' | 'failed' | 'broken off';

/** The steps of an answer that quotes these, one sentence each, and ends this way. */
function stepsOf(quotes: readonly string[], ending: Ending): AnswerStep[] {
  const citations = quotes.map((quote, index) => cite(index + 1, quote));
  const said = citations.map(({ marker, quote }): Extract<AnswerStep, { event: 'text-delta' }> => {
    const lead = `${marker === 1 ? '' : '\n'}“`;
    const span = { marker, start: lead.length, end: lead.length + quote.length };
    return { event: 'text-delta', data: { text: `${lead}${quote}”[${marker}]` }, citedSpans: [span] };
  });
  const steps = said.flatMap((step, index): AnswerStep[] => [{ event: 'citation', data: cite(index + 1, quotes[index] ?? '') }, step]);
  const answer = said.map(({ data }) => data.text).join('');
  const body: AnswerBody = { ...common, status: 'answered', answer, citations };
  if (ending === 'answered') steps.push({ event: 'answer-end', data: body, citedSpans: [] });
  if (ending === 'declined')
    steps.push(
      { event: 'abstention', data: { reason: 'no-evidence', nearby: [] } },
      { event: 'text-delta', data: { text: DECLINED }, citedSpans: [] },
      { event: 'answer-end', data: declined, citedSpans: [] },
    );
  if (ending === 'failed') steps.push({ event: 'answer-error', data: problem });
  return steps;
}

async function chunksOf(steps: readonly AnswerStep[]): Promise<UIMessageChunk[]> {
  const chunks: UIMessageChunk[] = [];
  const arriving = (async function* () {
    yield* steps;
  })();
  for await (const chunk of messageChunks(arriving, 'message-id', ({ label }) => `${label} · 声明`)) chunks.push(await checkedChunk(chunk));
  return chunks;
}

const typesOf = (parts: readonly { type: string }[]) => parts.map(({ type }) => type);

/** The words that the steps say are cited, found in a text by their spans. */
function citedWords(steps: readonly AnswerStep[], text: string): string[] {
  let said = 0;
  return steps.flatMap((step) => {
    if (step.event !== 'text-delta') return [];
    const spans = shiftSpans(step.citedSpans, said);
    said += step.data.text.length;
    return spans.map(({ start, end }) => text.slice(start, end));
  });
}

const anyQuotes = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { maxLength: 6 });
const anyEnding = fc.constantFrom<Ending>('answered', 'declined', 'failed', 'broken off');

describe('messageChunks', () => {
  it('keeps every word, citation and source, in order and once, however the answer ends', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuotes, anyEnding, async (quotes, ending) => {
        const steps = stepsOf(quotes, ending);
        const message = await assembled(await chunksOf(steps));
        const told = steps.flatMap((step) => (step.event === 'text-delta' ? [step.data.text] : [])).join('');
        expect(message).toMatchObject({ id: 'message-id', role: 'assistant' });
        expect(textOf(message)).toBe(told);
        expect(citedWords(steps, textOf(message))).toEqual(quotes);
        expect(citationsOf(message)).toEqual(quotes.map((quote, index) => cite(index + 1, quote)));
        expect(sourcesOf(message).map(({ sourceId, url }) => ({ sourceId, url }))).toEqual(
          citationsOf(message).map(({ marker, url }) => ({ sourceId: `citation-${marker}`, url })),
        );
        const end = steps.at(-1);
        expect(answerOf(message)).toEqual(end?.event === 'answer-end' ? end.data : undefined);
        const states = message.parts.flatMap((part) => (part.type === 'text' ? [part.state] : []));
        expect(new Set(states)).toEqual(new Set([ending === 'broken off' ? 'streaming' : 'done']));
      }),
      { numRuns: 60 },
    );
  });

  it('puts the sources below the text, and the whole answer last', async () => {
    const { parts } = await assembled(await chunksOf(stepsOf(['甲', '乙'], 'answered')));
    expect(typesOf(parts)).toEqual(['text', 'data-citation', 'source-url', 'data-citation', 'source-url', 'data-answer']);
  });

  it('tells a source before the text that has its marker, so that a client that stops has those of all it shows', async () => {
    const chunks = await chunksOf(stepsOf(['甲', '乙', '丙'], 'answered'));
    for (const length of chunks.keys()) {
      if (length < 2) continue;
      const message = await assembled(chunks.slice(0, length));
      const markers = [...textOf(message).matchAll(/\[(\d+)\]/g)].map(([, marker]) => `citation-${marker}`);
      expect(sourcesOf(message).map(({ sourceId }) => sourceId)).toEqual(expect.arrayContaining(markers));
    }
  });

  it('names a source by its place and its document', async () => {
    const message = await assembled(await chunksOf(stepsOf(['甲'], 'answered')));
    expect(sourcesOf(message)[0]?.title).toBe('第一部分第1段 · 声明');
  });

  it('declines in a text without sources', async () => {
    const message = await assembled(await chunksOf(stepsOf([], 'declined')));
    expect(message.parts).toMatchObject([{ type: 'text', text: DECLINED }, { type: 'data-answer' }]);
  });

  it('declines in a text of its own below what a model said before it failed', async () => {
    const { parts } = await assembled(await chunksOf(stepsOf(['甲'], 'declined')));
    expect(typesOf(parts)).toEqual(['text', 'data-citation', 'source-url', 'text', 'data-answer']);
    expect(parts[3]).toMatchObject({ text: DECLINED });
  });

  it('ends with the problem’s detail, the text before it complete, where the answer fails', async () => {
    const chunks = await chunksOf(stepsOf(['甲'], 'failed'));
    expect(chunks.slice(-2)).toEqual([
      { type: 'text-end', id: 'text-1' },
      { type: 'error', errorText: problem.detail },
    ]);
  });
});
