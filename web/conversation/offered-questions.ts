import type { Language } from '../../server/wire.ts';
import { isFields } from './answer-events.ts';

/** The first questions that a page names itself: `data-suggestions="…|…"`. */
export function readSuggestions(attribute: string): string[] {
  return attribute
    .split('|')
    .map((question) => question.trim())
    .filter((question) => question !== '');
}

function readQuestions(body: unknown): string[] {
  const questions = isFields(body) ? body['questions'] : undefined;
  return Array.isArray(questions) ? questions.filter((question) => typeof question === 'string') : [];
}

/** The first questions that the server has for a document. They are an offer: where they cannot be had, there are none. */
export async function fetchQuestions(server: string, documentId: string, language: Language, signal: AbortSignal): Promise<string[]> {
  try {
    const url = new URL(`/api/documents/${encodeURIComponent(documentId)}/questions`, server);
    url.searchParams.set('language', language);
    const response = await fetch(url, { credentials: 'omit', signal });
    return response.ok ? readQuestions(await response.json()) : [];
  } catch {
    return [];
  }
}
