import { z } from 'zod';
import { readCurrent } from '../../ingest/index/generation-files.ts';
import { count, type FaultReport, newReport, promise } from './fault-report.ts';
import { runCases } from './start-program.ts';
import { dataFolderOf, ingestVersion, writeVersions } from './two-versions.ts';

const lookSchema = z.object({
  refresh: z.string(),
  version: z.string().optional(),
  generation: z.string().optional(),
  readiness: z.object({ status: z.number(), body: z.string() }),
});
const caseSchema = z.object({ name: z.string(), serving: lookSchema, starting: lookSchema });

/** Damages the published one of two generations in every way: files missing, swapped, forged, cut, with a bit flipped; CURRENT too. */
export async function damageIndex(root: string, plan: { flips: number; truncations: number; seed: number }): Promise<FaultReport> {
  const report = newReport('damaged indexes');
  await writeVersions(root);
  const dataFolder = dataFolderOf(root);
  const { generation: previous } = await ingestVersion(root, 'shanghai');
  const { generation: current } = await ingestVersion(root, 'astana');
  const { lines, crashes } = await runCases('evals/faults/damage-index-program.js', (first) => [
    dataFolder,
    current,
    previous,
    ...[plan.flips, plan.truncations, plan.seed, first].map(String),
  ]);
  for (const turn of crashes) report.broken.push(`fault ${turn}: the process died`);
  for (const line of lines) check(report, caseSchema.parse(line), { previous, current });
  promise(report, (await readCurrent(dataFolder)) === current, 'the index is not as it was');
  return report;
}

type Generations = { previous: string; current: string };

function check(report: FaultReport, { name, serving, starting }: z.infer<typeof caseSchema>, generations: Generations): void {
  count(report, starting.refresh === 'ok' ? `opened, being what was published` : `refused as ${starting.refresh}`);
  for (const [who, { refresh, version, generation, readiness }] of Object.entries({ serving, starting })) {
    const expected = refresh === 'ok' ? generations.current : who === 'serving' ? generations.previous : undefined;
    const told = (what: string) => `${name}, server that is ${who}: ${what}`;
    promise(report, !refresh.startsWith('untold'), told(refresh));
    promise(report, generation === expected, told(`serves ${generation}, not ${expected}`));
    promise(
      report,
      generation === undefined || version === (refresh === 'ok' ? 'astana' : 'shanghai'),
      told(`what it serves is ${version}`),
    );
    const isTrue = expected === undefined ? readiness.status === 503 : readiness.status === 200 && readiness.body.includes(expected);
    promise(report, isTrue, told(`/readyz says ${readiness.status} ${readiness.body}`));
  }
}
