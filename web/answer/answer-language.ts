import type { Exchange } from '../conversation/exchange.ts';

/** The language of an answer's text: an extract is the document's own words, whatever language the question was in. */
export function answerLanguage({ outcome }: Exchange, { documentLanguage }: { documentLanguage: string }): string {
  if (outcome.kind !== 'answer') return documentLanguage;
  const { status, generator, language, documents } = outcome.body;
  return status === 'answered' && generator === 'extractive' ? (documents?.[0]?.language ?? documentLanguage) : language;
}
