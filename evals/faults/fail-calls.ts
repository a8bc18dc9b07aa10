import { z } from 'zod';
import { count, type FaultReport, newReport, promise } from './fault-report.ts';
import type { Manner } from './faulty-file-system.ts';
import { runCases } from './start-program.ts';

const version = z.enum(['shanghai', 'astana']);
const caseSchema = z.object({
  at: z.number(),
  before: version,
  next: version,
  failed: z.string().optional(),
  ingest: z.string(),
  published: z.string().optional(),
  recovery: z.string(),
  left: z.array(z.string()),
  failedSwitch: z.string().optional(),
  refresh: z.string(),
  served: version.optional(),
  switched: z.string(),
  after: version.optional(),
});

/** Fails every file-system call of a whole ingest or of its publishing in turn (or every `stride`th), in one manner. */
export async function failCalls(
  root: string,
  work: 'ingest' | 'publish',
  manner: Manner,
  code: string,
  stride: number,
): Promise<FaultReport> {
  const report = newReport(`file-system calls of ${work} fail (${manner}, ${code}, every ${stride})`);
  const { lines, crashes } = await runCases('evals/faults/fail-calls-program.js', (first) => [
    root,
    work,
    manner,
    code,
    String(stride),
    String(first),
  ]);
  for (const turn of crashes) report.broken.push(`call ${1 + turn * stride}: the process died`);
  for (const line of lines) check(report, caseSchema.parse(line));
  return report;
}

function check(report: FaultReport, result: z.infer<typeof caseSchema>): void {
  const { at, before, next, failed, ingest, published, recovery, left, failedSwitch, refresh, served, switched, after } = result;
  const told = (what: string) => `call ${at} (${failed ?? failedSwitch}): ${what}`;
  if (failed !== undefined) count(report, ingest === 'ok' ? 'ingests that did not need it' : 'ingests refused');
  if (failedSwitch !== undefined) count(report, refresh === 'ok' ? 'switches that did not need it' : 'switches refused');
  promise(report, published === before || published === next, told(`what is published opens as ${published}`));
  promise(report, ingest !== 'ok' || published === next, told('an ingest says that it published and did not'));
  promise(report, !ingest.startsWith('untold'), told(`the operator gets no message of ours but ${ingest}`));
  promise(report, recovery === 'ok', told(`the next ingest fails with ${recovery}`));
  promise(report, left.length === 0, told(`the next ingest leaves ${left.join(' ')}`));
  promise(report, served === (refresh === 'ok' ? next : before), told(`the server serves ${served}`));
  promise(report, !refresh.startsWith('untold'), told(`a switch fails with ${refresh}`));
  promise(report, switched === 'ok' && after === next, told(`the server does not switch afterwards: ${switched}`));
}
