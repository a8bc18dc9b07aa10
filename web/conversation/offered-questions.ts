import type { Language } from '../../server/wire.ts';

/** The first questions that a page names itself: `data-suggestions="…|…"`. */
export function readSuggestions(attribute: string): string[] {
  return attribute
    .split('|')
    .map((question) => question.trim())
    .filter((question) => question !== '');
}

function readQuestions(body: unknown): string[] {
  if (typeof body !== 'object' || body === null || !('questions' in body) || !Array.isArray(body.questions)) return [];
  return body.questions.filter((question) => typeof question === 'string');
}

/** The first questions that the server has for a document. They are an offer: where they cannot be had, there are none. */
export async function fetchQuestions(server: string, documentId: string, language: Language, signal: AbortSignal): Promise<string[]> {
  const url = new URL(`/api/documents/${encodeURIComponent(documentId)}/questions`, server);
  url.searchParams.set('language', language);
  try {
    const response = await fetch(url, { credentials: 'omit', signal });
    return response.ok ? readQuestions(await response.json()) : [];
  } catch {
    return [];
  }
}
