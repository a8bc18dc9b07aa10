import { createHash } from 'node:crypto';
import type { AskRequest } from '../../wire.ts';
import type { AnsweringDependencies } from '../answer-question.ts';
import { documentsPinned } from '../documents/documents-asked.ts';
import { PROMPTS as REWRITING_PROMPTS } from '../model/rewrite-question.ts';
import { PROMPTS as WRITING_PROMPTS } from '../model/write-answer.ts';

/** Changes with every word that the model is told beside the question and the passages. */
const PROMPT_VERSION = createHash('sha256').update(`${WRITING_PROMPTS}${REWRITING_PROMPTS}`).digest('hex');

/** In UTF-16 code units: a question without a conversation, which need not be hashed to be short. */
const LONGEST_PLAIN_KEY = 500;

/**
 * The same for two questions exactly if one answer does for both: everything that the answer depends on; hashed where it is long, as a
 * conversation may have 1 MB.
 */
export function answerKey(request: AskRequest, { index, chatModel, publicUrl }: AnsweringDependencies): string {
  const { question, history = [], language = '' } = request;
  const parts = [
    index.manifest.generation,
    chatModel?.name ?? '',
    PROMPT_VERSION,
    normalizeQuestion(question),
    history.map(({ role, content }) => [role, content]),
    language,
    documentsPinned(request)?.toSorted() ?? [],
    publicUrl,
  ];
  const key = JSON.stringify(parts);
  return key.length <= LONGEST_PLAIN_KEY ? key : createHash('sha256').update(key).digest('base64');
}

/**
 * Spaces and the question mark at the end do not matter. Not the folding that matching does: in it WHO is who, and 協定 is 协定, whose
 * answers are in other scripts.
 */
const normalizeQuestion = (question: string): string =>
  question
    .normalize('NFC')
    .trim()
    .replace(/\s+/gu, ' ')
    .replace(/ ?[?？]$/u, '');
