import { LRUCache } from 'lru-cache';
import type { QueryTerm } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { Paragraph, SourceDocument } from '../../ingest/structure/document.ts';
import { normalizeText } from '../../ingest/text/normalize-text.ts';
import { tokenizeText } from '../../ingest/text/tokenize-text.ts';
import { type Letters, lettersOf } from './chain-runs.ts';
import { type QuoteUnit, quoteUnitsOf } from './quote-units.ts';

export type QuoteIndex = Pick<OpenIndex, 'documents' | 'paragraph' | 'chunks' | 'sentences' | 'chunkIndex' | 'lexicalIndex'>;

/** A paragraph that a quotation may come from. */
export type Candidate = { document: SourceDocument; paragraph: Paragraph; units: QuoteUnit[]; letters: Letters };

/**
 * UTF-16 units of paragraphs whose quote units are kept, 18 MB: one quotation asks for the same paragraphs up to 17 times, the next
 * for most of them again. A paragraph belongs to one generation of the index and never changes.
 */
const KEPT_UNITS = 100_000;
const known = new LRUCache<Paragraph, Pick<Candidate, 'units' | 'letters'>>({
  maxSize: KEPT_UNITS,
  sizeCalculation: (_, { text }) => Math.max(1, text.length),
});

export function candidateOf(document: SourceDocument, paragraph: Paragraph): Candidate {
  const found = known.get(paragraph);
  if (found) return { document, paragraph, ...found };
  const units = quoteUnitsOf(paragraph.text);
  const read = { units, letters: lettersOf(units) };
  known.set(paragraph, read);
  return { document, paragraph, ...read };
}

/** Best chunks and best sentences that are looked at: a long quotation is found by the former, one sentence by the latter. */
const CANDIDATES = 12;
/**
 * Rarest terms that are looked up. A long quotation has 2,000 terms, and 双方 stands in most paragraphs: what is rare says best where
 * words come from, and what it costs is bounded.
 */
const RAREST_TERMS = 64;
const VIEWS = ['bigram', 'unigram', 'word'] as const;

/** The paragraphs that share most with the words, by the index's own terms, rare ones above all; likeliest first. */
export function findCandidates(words: readonly QuoteUnit[], index: QuoteIndex, documentId: string | undefined): Candidate[] {
  const terms = termsOf(words)
    .map((term) => ({ ...term, units: index.chunkIndex.unitFrequency(term.view, term.term) }))
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => a.units - b.units)
    .slice(0, RAREST_TERMS);
  const isWanted = (chunk: number) => documentId === undefined || index.chunks.documentIdOf(chunk) === documentId;
  const isWantedSentence = (sentence: number) => isWanted(index.sentences.chunkOf(sentence));
  const found = index.lexicalIndex.score(terms, (chunks, sentences) => ({
    chunks: best(chunks.scores, isWanted),
    sentences: best(sentences.scores, isWantedSentence),
  }));
  const chunks = [...found.chunks, ...found.sentences.map((sentence) => index.sentences.chunkOf(sentence))];
  const candidates = new Map<Paragraph, Candidate>();
  for (const chunk of chunks) {
    const { documentId: id = '', paragraphId = '' } = index.chunks.at(chunk) ?? {};
    const document = index.documents.get(id);
    const paragraph = index.paragraph(id, paragraphId);
    if (!document || !paragraph || candidates.has(paragraph)) continue;
    candidates.set(paragraph, candidateOf(document, paragraph));
  }
  return [...candidates.values()];
}

/** The terms of the words as they stand, and with letters of other alphabets read as what they look like. */
function termsOf(words: readonly QuoteUnit[]): QueryTerm[] {
  const distinct = new Map<string, QueryTerm>();
  const readAs = (side: 'raw' | 'folded') => normalizeText(words.map((unit) => (unit.kind === 'space' ? ' ' : unit[side])).join(''));
  for (const text of new Set([readAs('raw'), readAs('folded')])) {
    const views = tokenizeText(text);
    for (const view of VIEWS) for (const term of views[view]) distinct.set(`${view}:${term}`, { view, term, weight: 1 });
  }
  return [...distinct.values()];
}

/** The units with the highest scores above zero, in one pass. */
function best(scores: Float32Array, isWanted: (unit: number) => boolean): number[] {
  const top: { unit: number; score: number }[] = [];
  for (let unit = 0; unit < scores.length; unit++) {
    const score = scores[unit] ?? 0;
    if (score <= (top.length < CANDIDATES ? 0 : (top.at(-1)?.score ?? 0)) || !isWanted(unit)) continue;
    const at = top.findIndex((other) => other.score < score);
    top.splice(at < 0 ? top.length : at, 0, { unit, score });
    top.length = Math.min(top.length, CANDIDATES);
  }
  return top.map(({ unit }) => unit);
}
