import cliProgress from 'cli-progress';
import type { IngestProgress, IngestSummary } from './ingest-documents.ts';

/** What an ingest tells while it runs. */
export type Report = { progress: (progress: IngestProgress) => void; end: () => void };

const FORMATS = { open: 'reading {bar} {value}/{total} files', embed: 'embedding {bar} {value}/{total} chunks' };

/** A bar for each stage that counts. */
export function reportOnTerminal(): Report {
  let shown: { stage: 'open' | 'embed'; bar: cliProgress.SingleBar } | undefined;
  const end = () => {
    shown?.bar.stop();
    shown = undefined;
  };
  return {
    progress(progress) {
      if (progress.stage !== shown?.stage) end();
      if (progress.stage === 'read') return console.log(countsOf(progress));
      if (!shown) {
        const bar = new cliProgress.SingleBar({ format: FORMATS[progress.stage], hideCursor: true }, cliProgress.Presets.shades_classic);
        shown = { stage: progress.stage, bar };
        bar.start(progress.total, 0);
      }
      shown.bar.update(progress.done);
    },
    end,
  };
}

/** Into a pipe or a log; of many files, every thousandth. */
const FILES_A_LINE = 1000;

export function reportInLines(): Report {
  return {
    progress(progress) {
      if (progress.stage === 'read') console.log(countsOf(progress));
      else if (progress.stage === 'embed') console.log(`embedded ${progress.done}/${progress.total} chunks`);
      else if (progress.done % FILES_A_LINE === 0) console.log(`opened ${progress.done}/${progress.total} files`);
    },
    end: () => {},
  };
}

const countsOf = ({ documents, paragraphs, chunks }: Extract<IngestProgress, { stage: 'read' }>) =>
  `read ${documents} documents: ${paragraphs} paragraphs, ${chunks} chunks`;

/** The summary: what was done, and what an operator must not miss. */
export function describeSummary(summary: IngestSummary): { done: string; attention: string } {
  const { generation, published, documents, unchanged, paragraphs, added, resumed, kept, removed, refused, warnings } = summary;
  const embedded = `embedded ${added - resumed}${resumed > 0 ? `, and ${resumed} in an ingest before` : ''}`;
  const done =
    `${documents} documents (${documents - unchanged} read, ${unchanged} unchanged), ${paragraphs} paragraphs; ` +
    `chunks: ${added} added (${embedded}), ${kept} kept, ${removed} removed\n` +
    (published ? `published generation ${generation}` : `nothing changed: generation ${generation} stays`);
  const refusals = refused.length > 0 ? [`refused ${refused.length} files, which are not in the index:`] : [];
  const attention = [...warnings.map((warning) => `look at ${warning}`), ...refusals, ...refused.map(({ reason }) => `  ${reason}`)];
  return { done, attention: attention.join('\n') };
}
