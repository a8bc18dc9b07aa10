import type OpenAI from 'openai';

/** Answers made of extracts, also where a chat model is configured. */
export const EXTRACTIVE_MODEL = 'youju-extractive';
/** Answers that the configured chat model writes. */
export const WRITING_MODEL = 'youju';

/** The models there are, the one to choose first. `created` is when the index was built, in seconds. */
export function listModels(hasChatModel: boolean, created: number): OpenAI.Model[] {
  const names = hasChatModel ? [WRITING_MODEL, EXTRACTIVE_MODEL] : [EXTRACTIVE_MODEL];
  return names.map((id) => ({ id, object: 'model', created, owned_by: 'youju' }));
}
