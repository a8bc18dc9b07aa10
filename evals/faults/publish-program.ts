import { Command } from 'commander';
import { runCommand } from '../../ingest/run-command.ts';
import { dataFolderOf, partsOf, publishParts } from './two-versions.ts';

/** Program: publishes a version that was read and analysed before: an ingest without the seconds in which it does not touch the data folder. */
const command = new Command('publish')
  .argument('<root>')
  .argument('<version>')
  .action(async (root: string, version: string) => {
    await publishParts(dataFolderOf(root), await partsOf(root, version === 'shanghai' ? 'shanghai' : 'astana'));
  });

await runCommand(command);
