import type SQLite from 'better-sqlite3';
import MiniSearch, { type Options } from 'minisearch';
import { segmentWords } from '../../../ingest/text/chinese/segment-words.ts';
import { normalizeText } from '../../../ingest/text/normalize-text.ts';
import { bigramsOf } from '../../../ingest/text/tokenize-text.ts';

/** A question made ready, so that only the search is timed: every engine here is given the same words of it. */
export type PreparedQuestion = { words: string[]; bigrams: string[]; trigrams: string[] };

/** Places of the `k` best texts, best first. */
export type LexicalSearch = (question: PreparedQuestion, k: number) => number[];
export type LexicalEngine = { name: string; index: (texts: readonly string[]) => LexicalSearch };

const WORD = /[\p{L}\p{N}]/u;
const wordsOf = (text: string): string[] => segmentWords(normalizeText(text)).filter((word) => WORD.test(word));

export function prepareQuestion(question: string): PreparedQuestion {
  const normalised = normalizeText(question);
  const runs = normalised.match(/[\p{L}\p{N}]+/gu) ?? [];
  const trigrams = runs.flatMap((run) => Array.from({ length: Math.max(0, run.length - 2) }, (_, start) => run.slice(start, start + 3)));
  return { words: [...new Set(wordsOf(question))], bigrams: [...new Set(bigramsOf(normalised))], trigrams: [...new Set(trigrams)] };
}

/** MiniSearch splits at spaces by default and finds next to nothing in Chinese: it gets the terms of our normalised text. */
const withMiniSearch = ({ name, termsOf, ask }: MiniSearchSetUp): LexicalEngine => ({
  name,
  index: (texts) => {
    const engine = fillMiniSearch(texts, termsOf);
    return (question, k) =>
      engine
        .search(ask(question).join(' '))
        .slice(0, k)
        .map(({ id }) => Number(id));
  },
});

/** Which terms of a text MiniSearch is given, and which of a question. */
export type MiniSearchSetUp = { name: string; termsOf: (text: string) => string[]; ask: (question: PreparedQuestion) => string[] };

export const miniSearchOptions = (termsOf: MiniSearchSetUp['termsOf']): Options => ({
  fields: ['text'],
  tokenize: termsOf,
  searchOptions: { tokenize: (terms) => terms.split(' '), combineWith: 'OR' },
});

export function fillMiniSearch(texts: readonly string[], termsOf: MiniSearchSetUp['termsOf']): MiniSearch {
  const engine = new MiniSearch(miniSearchOptions(termsOf));
  engine.addAll(texts.map((text, id) => ({ id, text })));
  return engine;
}

/**
 * SQLite, where it was installed for the benchmark: it takes minutes to compile where no ready binary is to be had, and nothing else needs it.
 */
const loadSQLite = (): Promise<typeof SQLite | undefined> =>
  import('better-sqlite3').then(
    (module) => module.default,
    () => undefined,
  );

/** SQLite's full-text search in memory, ranked by its BM25. */
const fullTextSearch = (
  Database: typeof SQLite,
  name: string,
  { tokenizer, write, ask }: { tokenizer: string; write: (text: string) => string; ask: (question: PreparedQuestion) => string[] },
): LexicalEngine => ({
  name,
  index: (texts) => {
    const database = new Database(':memory:');
    database.exec(`CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = '${tokenizer}')`);
    const insert = database.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)');
    database.transaction(() => {
      for (const [place, text] of texts.entries()) insert.run(place + 1, write(text));
    })();
    const select = database.prepare<[string, number], { rowid: number }>(
      'SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?',
    );
    return (question, k) =>
      select
        .all(
          ask(question)
            .map((term) => `"${term.replaceAll('"', '""')}"`)
            .join(' OR '),
          k,
        )
        .map(({ rowid }) => rowid - 1);
  },
});

const sqliteEngines = (Database: typeof SQLite): LexicalEngine[] => [
  fullTextSearch(Database, 'SQLite FTS5, jieba words', {
    tokenizer: 'unicode61',
    write: (text) => wordsOf(text).join(' '),
    ask: ({ words }) => words,
  }),
  fullTextSearch(Database, 'SQLite FTS5, trigram tokenizer', {
    tokenizer: 'trigram',
    write: normalizeText,
    ask: ({ trigrams }) => trigrams,
  }),
];

/** What is compared with. Without SQLite its rows are missing, and the command says how to get them. */
export async function lexicalEngines(): Promise<LexicalEngine[]> {
  const Database = await loadSQLite();
  if (!Database) console.error('SQLite is left out: `npm install --no-save better-sqlite3@12` to compare with it');
  return [...MINISEARCH_SET_UPS.map(withMiniSearch), ...(Database ? sqliteEngines(Database) : [])];
}

export const MINISEARCH_SET_UPS: readonly MiniSearchSetUp[] = [
  { name: 'MiniSearch 7, jieba words', termsOf: wordsOf, ask: ({ words }) => words },
  {
    name: 'MiniSearch 7, jieba words and pairs of characters',
    termsOf: (text) => [...wordsOf(text), ...bigramsOf(normalizeText(text))],
    ask: ({ words, bigrams }) => [...words, ...bigrams],
  },
];
