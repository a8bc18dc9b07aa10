import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { LexicalIndex } from '../../../ingest/index/lexical-index.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import type { BenchmarkTable } from '../benchmark-part.ts';
import { bytesHeldBy } from '../measure-memory.ts';
import { quantile, ratio } from '../take-turns.ts';
import type { Understand } from './compare-lexical.ts';
import { askForKnownItems } from './known-items.ts';
import { fillMiniSearch, MINISEARCH_SET_UPS, miniSearchOptions, prepareQuestion } from './lexical-engines.ts';

const TURNS = 5;
const QUESTIONS = 100;

type Searchable = { name: string; file: string; load: (file: Buffer) => (question: string) => unknown };

/** How long each takes to be read from its file, in CPU time, and what it holds then and after some questions. */
export const compareLoading = (texts: readonly string[], index: LexicalIndex, understand: Understand): Promise<BenchmarkTable> =>
  withTemporaryFolder(async (folder) => {
    const questions = askForKnownItems(texts, QUESTIONS).map(({ question }) => question);
    const searchables: Searchable[] = [
      {
        name: 'Youju’s lexical index, all seven views',
        file: path.join(folder, 'lexical.bin'),
        load: (file) => {
          const loaded = LexicalIndex.fromBuffer(file);
          return (question) => loaded.rank(understand(question), { sentenceWeight: 0 });
        },
      },
    ];
    await writeFile(searchables[0]?.file ?? '', index.toBuffer());
    for (const { name, termsOf, ask } of MINISEARCH_SET_UPS) {
      const file = path.join(folder, `minisearch-${searchables.length}.json`);
      await writeFile(file, JSON.stringify(fillMiniSearch(texts, termsOf)));
      searchables.push({
        name,
        file,
        load: (bytes) => {
          const loaded = MiniSearch.loadJSON(bytes.toString('utf8'), miniSearchOptions(termsOf));
          return (question) => loaded.search(ask(prepareQuestion(question)).join(' '));
        },
      });
    }
    const held = searchables.map(({ file, load }) =>
      bytesHeldBy(
        () => load(readFileSync(file)),
        (search) => {
          for (const question of questions) search(question);
        },
      ),
    );
    const times = loadInTurns(searchables);
    const megabytes = (bytes: number | undefined, other: number | undefined) =>
      `${((bytes ?? 0) / 1e6).toFixed(1)} MB, ${ratio(bytes ?? 0, other ?? 1)}`;
    return {
      caption: `Loading from a file, and memory, ${texts.length} paragraphs`,
      columns: ['engine', 'time to load', 'memory when loaded', `after ${questions.length} questions`],
      rows: searchables.map(({ name }, number) => [
        name,
        ratio(times[number] ?? 0, times[1] ?? 1),
        megabytes(held[number]?.made, held[1]?.made),
        megabytes(held[number]?.used, held[1]?.used),
      ]),
    };
  });

function loadInTurns(searchables: readonly Searchable[]): number[] {
  const times = searchables.map((): number[] => []);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [number, { file, load }] of searchables.entries()) {
      const start = process.cpuUsage();
      load(readFileSync(file));
      const { user, system } = process.cpuUsage(start);
      times[number]?.push(user + system);
    }
  }
  return times.map((of) => quantile(of, 0.5));
}
