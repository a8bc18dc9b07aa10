import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerStep } from '../../answering/answer-step.ts';
import type { AnswerBody, Citation } from '../../wire.ts';
import { type AnnotatedStep, annotateAnswer, annotateSteps, type UrlCitation } from './annotate-answer.ts';

const citation = (marker: number): Citation => ({
  marker,
  documentId: 'statement',
  paragraphId: `part-1-p${marker}`,
  label: `[${marker}]`,
  quote: '甲',
  start: 0,
  end: 1,
  url: `https://policy.example/documents/statement#part-1-p${marker}`,
  similarity: 1,
});

/** Sentences, each with the number of an own citation and of one that an earlier sentence may have brought. */
const sentences = fc.array(fc.record({ words: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), again: fc.nat(5) }), {
  minLength: 1,
  maxLength: 6,
});

/** The steps of an answer made of these sentences, as answering makes them. */
function stepsOf(drafts: { words: string; again: number }[]): AnswerStep[] {
  const steps: AnswerStep[] = [];
  const citations: Citation[] = [];
  const citedSpans: { marker: number; start: number; end: number }[] = [];
  let answer = '';
  drafts.forEach(({ words, again }, index) => {
    const fresh = citation(index + 1);
    citations.push(fresh);
    steps.push({ event: 'citation', data: fresh });
    const lead = index === 0 ? '' : ' ';
    const markers = [...new Set([index + 1, Math.min(again, index) + 1])];
    const spans = markers.map((marker) => ({ marker, start: lead.length, end: lead.length + words.length }));
    const text = `${lead}${words}${markers.map((marker) => `[${marker}]`).join('')}`;
    steps.push({ event: 'text-delta', data: { text }, citedSpans: spans });
    citedSpans.push(...spans.map(({ marker, start, end }) => ({ marker, start: start + answer.length, end: end + answer.length })));
    answer += text;
  });
  const body: AnswerBody = {
    id: 'a',
    status: 'answered',
    answer,
    language: 'en',
    generator: 'extractive',
    indexGeneration: 'g',
    citations,
  };
  steps.push({ event: 'answer-end', data: body, citedSpans });
  return steps;
}

async function* arriving(steps: readonly AnswerStep[]): AsyncGenerator<AnswerStep> {
  yield* steps;
}

async function streamed(
  steps: readonly AnswerStep[],
): Promise<{ text: string; annotations: UrlCitation[]; kinds: AnnotatedStep['kind'][] }> {
  let text = '';
  const annotations: UrlCitation[] = [];
  const kinds: AnnotatedStep['kind'][] = [];
  for await (const step of annotateSteps(arriving(steps), ({ label }) => label)) {
    kinds.push(step.kind);
    if (step.kind !== 'text') continue;
    text += step.text;
    annotations.push(...step.annotations);
  }
  return { text, annotations, kinds };
}

const endOf = (steps: readonly AnswerStep[]) => {
  const end = steps.at(-1);
  if (end?.event !== 'answer-end') throw new Error('no end');
  return end;
};

describe('annotations', () => {
  it('cut exactly the cited sentences, the same whether the answer is sent whole or as it comes', () =>
    fc.assert(
      fc.asyncProperty(sentences, async (drafts) => {
        const steps = stepsOf(drafts);
        const whole = annotateAnswer(endOf(steps), ({ label }) => label);
        const { text, annotations } = await streamed(steps);
        expect({ text, annotations }).toEqual(whole);
        const cut = annotations.map(({ start_index: start, end_index: end, url }) => [url, text.slice(start, end)]);
        const expected = drafts.flatMap(({ words, again }, index) =>
          [...new Set([index + 1, Math.min(again, index) + 1])].map((marker) => [citation(marker).url, words]),
        );
        expect(cut).toEqual(expected);
      }),
    ));

  it('of text that a failed model left behind stay, and so do its links', async () => {
    const [first, written] = stepsOf([{ words: 'Written.', again: 0 }]);
    const extract = 'Part I says: “甲”[2]';
    const body: AnswerBody = {
      id: 'a',
      status: 'answered',
      answer: extract,
      language: 'en',
      generator: 'extractive',
      indexGeneration: 'g',
      citations: [citation(2)],
      degraded: 'model-timeout',
    };
    if (!first || !written) throw new Error('no steps');
    const { text, annotations } = await streamed([
      first,
      written,
      { event: 'citation', data: citation(2) },
      { event: 'text-delta', data: { text: `\n${extract}` }, citedSpans: [{ marker: 2, start: 15, end: 16 }] },
      { event: 'answer-end', data: body, citedSpans: [{ marker: 2, start: 14, end: 15 }] },
    ]);
    expect(annotations.map(({ start_index: start, end_index: end }) => text.slice(start, end))).toEqual(['Written.', '甲']);
    expect(text).toBe(`Written.[1]\n${extract}\n\nSources:\n\n- [1] [\\[1\\]](${citation(1).url})\n- [2] [\\[2\\]](${citation(2).url})`);
  });

  it('end with a failure that is told as one', async () => {
    const failure: AnswerStep = {
      event: 'answer-error',
      data: { type: 'about:blank', title: 'Not ready', status: 503, detail: 'try again', code: 'index-missing' },
    };
    expect((await streamed([...stepsOf([{ words: 'a', again: 0 }]).slice(0, 2), failure])).kinds).toEqual(['text', 'failure']);
  });
});
