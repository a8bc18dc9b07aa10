import { randomUUID } from 'node:crypto';
import type OpenAI from 'openai';
import type { ResponseOutputMessage, ResponseOutputText, ResponseStreamEvent, ResponseUsage } from 'openai/resources/responses/responses';
import type { AnswerBody } from '../../wire.ts';
import type { AnnotatedStep, AnnotatedText, UrlCitation } from './annotate-answer.ts';

/** `output_text` is what OpenAI's own packages add to what the server sends. */
type Response = Omit<OpenAI.Responses.Response, 'output_text'> & { store: boolean; youju?: AnswerBody };

/** Events without their number; those that carry the response carry ours. */
type Unnumbered<Event> = Event extends { response: OpenAI.Responses.Response }
  ? Omit<Event, 'sequence_number' | 'response'> & { response: Response }
  : Omit<Event, 'sequence_number'>;
export type ResponseEvent = Unnumbered<ResponseStreamEvent> & { sequence_number: number };

const NO_USAGE: ResponseUsage = {
  input_tokens: 0,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 0,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 0,
};

const now = () => Math.floor(Date.now() / 1000);

/** A response before anything is in it. */
const emptyResponse = (model: string): Response => ({
  id: `resp_${randomUUID().replaceAll('-', '')}`,
  object: 'response',
  created_at: now(),
  status: 'in_progress',
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  model,
  output: [],
  parallel_tool_calls: false,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  store: false,
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'none',
  tools: [],
  top_p: null,
  truncation: 'disabled',
});

const outputText = ({ text, annotations }: AnnotatedText): ResponseOutputText => ({
  type: 'output_text',
  text,
  annotations: annotations.map(urlCitation),
  logprobs: [],
});

const urlCitation = (citation: UrlCitation): ResponseOutputText.URLCitation => ({ type: 'url_citation', ...citation });

const message = (id: string, status: 'in_progress' | 'completed', content: ResponseOutputText[]): ResponseOutputMessage => ({
  id,
  type: 'message',
  role: 'assistant',
  status,
  content,
});

const newMessageId = () => `msg_${randomUUID().replaceAll('-', '')}`;

const complete = (response: Response, output: ResponseOutputMessage, body: AnswerBody): Response => ({
  ...response,
  status: 'completed',
  completed_at: now(),
  output: [output],
  usage: NO_USAGE,
  youju: body,
});

/** The answer as the object `response`. */
export const response = (model: string, answer: AnnotatedText, body: AnswerBody): Response =>
  complete(emptyResponse(model), message(newMessageId(), 'completed', [outputText(answer)]), body);

/** The answer as the events of a streamed response, numbered from 0. */
export async function* responseEvents(model: string, steps: AsyncIterable<AnnotatedStep>): AsyncGenerator<ResponseEvent> {
  let number = 0;
  for await (const event of unnumberedEvents(model, steps)) yield { ...event, sequence_number: number++ };
}

async function* unnumberedEvents(model: string, steps: AsyncIterable<AnnotatedStep>): AsyncGenerator<Unnumbered<ResponseStreamEvent>> {
  const started = emptyResponse(model);
  const messageId = newMessageId();
  const place = { item_id: messageId, output_index: 0, content_index: 0 };
  const written: AnnotatedText = { text: '', annotations: [] };
  yield { type: 'response.created', response: started };
  yield { type: 'response.in_progress', response: started };
  yield { type: 'response.output_item.added', output_index: 0, item: message(messageId, 'in_progress', []) };
  yield { type: 'response.content_part.added', ...place, part: outputText(written) };
  for await (const step of steps) {
    if (step.kind === 'text') {
      written.text += step.text;
      yield { type: 'response.output_text.delta', ...place, delta: step.text, logprobs: [] };
      for (const citation of step.annotations) {
        const annotation_index = written.annotations.push(citation) - 1;
        yield { type: 'response.output_text.annotation.added', ...place, annotation_index, annotation: urlCitation(citation) };
      }
    } else if (step.kind === 'failure') {
      const error = { code: 'server_error', message: step.message } as const;
      yield { type: 'response.failed', response: { ...started, status: 'failed', error } };
      return;
    } else {
      const part = outputText(written);
      const output = message(messageId, 'completed', [part]);
      yield { type: 'response.output_text.done', ...place, text: written.text, logprobs: [] };
      yield { type: 'response.content_part.done', ...place, part };
      yield { type: 'response.output_item.done', output_index: 0, item: output };
      yield { type: 'response.completed', response: complete(started, output, step.body) };
    }
  }
}
