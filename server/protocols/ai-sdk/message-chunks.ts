import type { AnswerStep } from '../../answering/answer-step.ts';
import type { AnswerBody, Citation } from '../../wire.ts';
import type { TitleOf } from '../list-sources.ts';

/**
 * What we say of the AI SDK's UI message stream, versions 5 and 6. No steps: they separate calls to tools. No `finishReason`: the
 * first sixty releases of version 5 refuse it.
 */
export type MessageChunk =
  | { type: 'start'; messageId: string }
  | { type: 'text-start' | 'text-end'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'data-citation'; id: string; data: Citation }
  | { type: 'source-url'; sourceId: string; url: string; title: string }
  | { type: 'data-answer'; id: string; data: AnswerBody }
  | { type: 'error'; errorText: string }
  | { type: 'finish' };

/**
 * An answer as a UI message. Clients keep parts in the order in which they begin and draw them so. The text begins first and goes on
 * while its sources gather below it, each before the text that has its marker: the nth source is marker [n], and a client that stops
 * half-way is left with the sources of all that it shows. The whole answer comes last, with what one needs for feedback.
 * @param messageId where the conversation is kept, the message's id
 */
export async function* messageChunks(steps: AsyncIterable<AnswerStep>, messageId: string, titleOf: TitleOf): AsyncGenerator<MessageChunk> {
  yield { type: 'start', messageId };
  let text = 'text-1';
  let isBegun = false;
  yield { type: 'text-start', id: text };
  for await (const step of steps) {
    // A model that failed may leave verified sentences that answer nothing: declining is a text of its own below them.
    if (step.event === 'abstention' && isBegun) {
      yield { type: 'text-end', id: text };
      text = 'text-2';
      yield { type: 'text-start', id: text };
    }
    if (step.event === 'text-delta') isBegun = true;
    yield* chunksOf(step, text, titleOf);
  }
}

function* chunksOf(step: AnswerStep, text: string, titleOf: TitleOf): Generator<MessageChunk> {
  switch (step.event) {
    case 'text-delta':
      yield { type: 'text-delta', id: text, delta: step.data.text };
      return;
    case 'citation': {
      const id = `citation-${step.data.marker}`;
      yield { type: 'data-citation', id, data: step.data };
      yield { type: 'source-url', sourceId: id, url: step.data.url, title: titleOf(step.data) };
      return;
    }
    case 'abstention':
      return;
    case 'answer-end':
      yield { type: 'text-end', id: text };
      yield { type: 'data-answer', id: 'answer', data: step.data };
      yield { type: 'finish' };
      return;
    case 'answer-error':
      yield { type: 'text-end', id: text };
      yield { type: 'error', errorText: step.data.detail };
  }
}
