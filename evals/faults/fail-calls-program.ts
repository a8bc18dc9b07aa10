import path from 'node:path';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import { CurrentIndex } from '../../server/current-index.ts';
import { endFault, failCall, installFaults, MANNERS } from './faulty-file-system.ts';
import {
  dataFolderOf,
  ingestVersion,
  leftovers,
  otherThan,
  partsOf,
  prepareParts,
  publishParts,
  versionOf,
  writeVersions,
} from './two-versions.ts';

/**
 * Program: fails the Nth file-system call of an ingest (or of its publishing alone, which is fast) and of a server's switch, for N = first, first + stride … to the last call,
 * and prints what happened. After each, an ingest and a switch without a fault must work.
 */
const [root = '', work = '', mannerName = '', code = '', stride = '', firstCase = ''] = process.argv.slice(2);
const manner = MANNERS.find((name) => name === mannerName) ?? 'refused';
const dataFolder = dataFolderOf(root);

const codeOf = (error: unknown) => (error instanceof YoujuError ? error.code : `untold: ${String(error)}`);
const outcomeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', codeOf);

await installFaults();
await writeVersions(root);
for (const version of ['astana', 'shanghai'] as const) await prepareParts(root, version);
const parts = { astana: await partsOf(root, 'astana'), shanghai: await partsOf(root, 'shanghai') };
await publishParts(dataFolder, parts.shanghai);
const serving = new CurrentIndex(new FolderStore(dataFolder), new EmbeddingModel({}));
await serving.refresh();

for (let turn = Number(firstCase), isOver = false; !isOver; turn++) {
  const at = 1 + turn * Number(stride);
  const before = versionOf(serving.get()) ?? 'shanghai';
  const next = otherThan(before);

  failCall({ at, code, manner });
  const ingest = await outcomeOf(work === 'ingest' ? ingestVersion(root, next) : publishParts(dataFolder, parts[next]));
  const { failed } = endFault();
  const published = await openCurrentIndex(dataFolder).then(versionOf, codeOf);
  const recovery = await outcomeOf(publishParts(dataFolder, parts[next]));
  const left = (await leftovers(dataFolder)).map((name) => path.basename(name));

  failCall({ at, code, manner });
  const refresh = await outcomeOf(serving.refresh());
  const failedSwitch = endFault().failed;
  const served = versionOf(serving.get());
  const switched = await outcomeOf(serving.refresh());
  console.log(
    JSON.stringify({
      at,
      before,
      next,
      failed,
      ingest,
      published,
      recovery,
      left,
      failedSwitch,
      refresh,
      served,
      switched,
      after: versionOf(serving.get()),
    }),
  );
  isOver = failed === undefined;
}
