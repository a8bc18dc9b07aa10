import { randomUUID } from 'node:crypto';
import type OpenAI from 'openai';
import type { AnswerBody } from '../../wire.ts';
import type { AnnotatedStep, AnnotatedText, UrlCitation } from './annotate-answer.ts';

/** Ours beside OpenAI's: the whole answer as `POST /api/ask` gives it, with its status, quotes and paragraph ids. */
type WithAnswer = { youju?: AnswerBody };
type ChatCompletion = OpenAI.Chat.ChatCompletion & WithAnswer;
type Chunk = OpenAI.Chat.ChatCompletionChunk & WithAnswer;
type Delta = OpenAI.Chat.ChatCompletionChunk.Choice.Delta & { annotations?: OpenAI.Chat.ChatCompletionMessage.Annotation[] };

/** Nothing is sold by the token here, and extracts cost none. */
const NO_USAGE: OpenAI.CompletionUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const now = () => Math.floor(Date.now() / 1000);

const annotationsOf = (citations: readonly UrlCitation[]): OpenAI.Chat.ChatCompletionMessage.Annotation[] =>
  citations.map((citation) => ({ type: 'url_citation', url_citation: citation }));

/** The answer as the object `chat.completion`. */
export function chatCompletion(model: string, { text, annotations }: AnnotatedText, body: AnswerBody): ChatCompletion {
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: now(),
    model,
    system_fingerprint: body.indexGeneration,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text, refusal: null, annotations: annotationsOf(annotations) },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: NO_USAGE,
    youju: body,
  };
}

/**
 * The answer as `chat.completion.chunk` objects. All annotations come in one delta behind the text: some clients add each delta's
 * to a list, others (the openai package) keep only the last delta's.
 * An answer that fails ends with OpenAI's `{ error }` instead of a chunk.
 */
export async function* chatCompletionChunks(
  model: string,
  steps: AsyncIterable<AnnotatedStep>,
  includesUsage: boolean,
): AsyncGenerator<Chunk | { error: { message: string; type: 'server_error'; param: null; code: null } }> {
  const common = { id: `chatcmpl-${randomUUID()}`, object: 'chat.completion.chunk', created: now(), model } as const;
  const chunk = (delta: Delta, finish: 'stop' | null = null): Chunk => ({
    ...common,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(includesUsage ? { usage: null } : {}),
  });
  const annotations: UrlCitation[] = [];
  yield chunk({ role: 'assistant', content: '' });
  for await (const step of steps) {
    if (step.kind === 'text') {
      annotations.push(...step.annotations);
      yield chunk({ content: step.text });
    } else if (step.kind === 'failure') {
      yield { error: { message: step.message, type: 'server_error', param: null, code: null } };
      return;
    } else {
      if (annotations.length > 0) yield chunk({ annotations: annotationsOf(annotations) });
      yield { ...chunk({}, 'stop'), youju: step.body };
      if (includesUsage) yield { ...common, choices: [], usage: NO_USAGE };
    }
  }
}
