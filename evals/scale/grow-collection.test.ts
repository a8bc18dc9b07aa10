import { expect, it } from 'vitest';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { growCollection } from './grow-collection.ts';

it('a collection grows: what was embedded is never asked for again, and a server answers from one generation at a time', {
  timeout: 600_000,
}, async () => {
  const lines: string[] = [];
  const report = await growCollection(await temporaryFolder(), { documents: 240, interruptions: 2, seed: 20190911 }, (line) =>
    lines.push(line),
  );
  expect(report.broken, lines.join('\n')).toEqual([]);
  expect(report.outcomes).toMatchObject({ 'killed ingests': 3, 'whole ingests': 4, 'changes under load': 1 });
  expect(lines[2]).toMatch(/^3 of 240 documents changed: 3 read, \d\d of \d+ chunks embedded/);
});
