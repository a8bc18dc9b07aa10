import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { type QuoteMutation, QuoteMutator } from '../testing/quote-mutations.ts';
import { openStatement, STATEMENT_SOURCE, statementOf } from '../testing/statement.ts';
import type { QuoteCheckBody } from '../wire.ts';
import { checkQuote } from './check-quote.ts';

const SEED = 20190911;
const MUTATIONS = 1400;

let index: OpenIndex;
let mutator: QuoteMutator;
beforeAll(async () => {
  index = await openStatement();
  mutator = new QuoteMutator(statementOf(index).paragraphs, SEED);
});

const check = (quote: string) => checkQuote({ quote }, { index, publicUrl: 'https://example.org' });

/** Whether a mutation is told as what it is: its kinds and no other, or as put together. */
function isToldRight({ kinds }: QuoteMutation, body: QuoteCheckBody): boolean {
  if (body.verdict !== 'altered') return false;
  if (kinds.length === 0) return body.arrangement !== 'whole' || body.matches[0]?.wording === 'changed';
  const told = new Set(body.matches[0]?.differences.map(({ kind }) => kind));
  return told.size === kinds.length && kinds.every((kind) => told.has(kind));
}

describe('mutations of real quotations', () => {
  test('are verbatim only where the source has them, and told as what they are in 99 of 100', () => {
    const mutations = mutator.mutations(MUTATIONS);
    expect(new Set(mutations.map(({ name }) => name)).size).toBe(15);
    const bodies = mutations.map((mutation) => ({ mutation, body: check(mutation.quote) }));
    const falselyVerbatim = bodies.filter(
      ({ mutation, body }) => body.verdict === 'verbatim' && !STATEMENT_SOURCE.includes(mutation.quote),
    );
    const misjudged = bodies.filter(({ mutation, body }) => body.verdict !== 'verbatim' && !isToldRight(mutation, body));
    expect(falselyVerbatim).toEqual([]);
    expect(misjudged.length / MUTATIONS).toBeLessThanOrEqual(0.01);
    // What a mutation makes may be the source's own words; seldom, or the figures above would say little.
    expect(bodies.filter(({ body }) => body.verdict === 'verbatim').length / MUTATIONS).toBeLessThanOrEqual(0.01);
  });

  test('no verbatim quotation is called anything else', () => {
    const quotes = Array.from({ length: 1000 }, () => mutator.stretch());
    expect(quotes.filter((quote) => check(quote).verdict !== 'verbatim')).toEqual([]);
  });
});
