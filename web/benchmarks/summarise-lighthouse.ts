import type { LighthouseReport } from './run-lighthouse.ts';

/** The run with the median performance: the other categories do not vary. */
export function medianRun(reports: readonly LighthouseReport[]): LighthouseReport {
  const performance = (report: LighthouseReport) => report.categories['performance']?.score ?? 0;
  const median = [...reports].sort((one, other) => performance(one) - performance(other))[Math.floor(reports.length / 2)];
  if (!median) throw new Error('No Lighthouse report was given.');
  return median;
}

/** Category titles and scores of 100; a dash where Lighthouse gave none. */
export function listScores(report: LighthouseReport): { title: string; score: string }[] {
  return Object.values(report.categories).map(({ title, score }) => ({
    title,
    score: score === null ? '–' : String(Math.round(100 * score)),
  }));
}

/** Every audit below full marks, once. Lighthouse 12 hides those that repeat another in newer words. */
export function listShortcomings(report: LighthouseReport): string[] {
  const shown = Object.values(report.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ group }) => group !== 'hidden'));
  const ids = [...new Set(shown.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const audit = report.audits[id];
    if (audit?.scoreDisplayMode === 'error') return [`${audit.title}: not measured (${audit.errorMessage ?? 'no reason given'})`];
    if (!audit || audit.score === null || audit.score === 1) return [];
    return [audit.displayValue ? `${audit.title}: ${audit.displayValue}` : audit.title];
  });
}
