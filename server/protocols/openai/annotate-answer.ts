import type { AnswerStep, CitedSpan } from '../../answering/answer-step.ts';
import type { AnswerBody, Citation } from '../../wire.ts';
import { listSources, type TitleOf } from '../list-sources.ts';

/** OpenAI's `url_citation`: `text.slice(start_index, end_index)` is the cited sentence, in UTF-16 code units as JavaScript counts. */
export type UrlCitation = { start_index: number; end_index: number; title: string; url: string };

/** A text with its citations, offsets counted from where the whole text begins. */
export type AnnotatedText = { text: string; annotations: UrlCitation[] };

/** What a protocol with annotated text is made of, in order: stretches of the text, then the answer that they were. */
export type AnnotatedStep = ({ kind: 'text' } & AnnotatedText) | { kind: 'end'; body: AnswerBody } | { kind: 'failure'; message: string };

/** The answer as one text, which ends with links to what it cites: several clients drop annotations. */
export function annotateAnswer({ data, citedSpans }: Extract<AnswerStep, { event: 'answer-end' }>, titleOf: TitleOf): AnnotatedText {
  const annotations = new Annotations(titleOf);
  for (const citation of data.citations) annotations.know(citation);
  return { text: `${data.answer}${listSources(data.citations, titleOf, data.language)}`, annotations: annotations.at(citedSpans, 0) };
}

/**
 * The same as it comes in. The text of a model that failed half-way stays, since it was verified and has been read; so do its
 * annotations and links.
 */
export async function* annotateSteps(steps: AsyncIterable<AnswerStep>, titleOf: TitleOf): AsyncGenerator<AnnotatedStep> {
  const annotations = new Annotations(titleOf);
  let length = 0;
  for await (const step of steps) {
    if (step.event === 'citation') annotations.know(step.data);
    else if (step.event === 'answer-error') yield { kind: 'failure', message: step.data.detail };
    else if (step.event === 'text-delta') {
      const { text } = step.data;
      yield { kind: 'text', text, annotations: annotations.at(step.citedSpans, length) };
      length += text.length;
    } else if (step.event === 'answer-end') {
      const links = listSources(annotations.known, titleOf, step.data.language);
      if (links !== '') yield { kind: 'text', text: links, annotations: [] };
      yield { kind: 'end', body: step.data };
    }
  }
}

class Annotations {
  readonly #titleOf: TitleOf;
  readonly #citations = new Map<number, Citation>();

  constructor(titleOf: TitleOf) {
    this.#titleOf = titleOf;
  }

  get known(): Citation[] {
    return [...this.#citations.values()];
  }

  know(citation: Citation): void {
    this.#citations.set(citation.marker, citation);
  }

  at(spans: readonly CitedSpan[], offset: number): UrlCitation[] {
    return spans.flatMap(({ marker, start, end }) => {
      const citation = this.#citations.get(marker);
      if (!citation) return [];
      return [{ start_index: offset + start, end_index: offset + end, title: this.#titleOf(citation), url: citation.url }];
    });
  }
}
