/** What one kind of fault did: how often each outcome came, and every promise that was broken, in words. */
export type FaultReport = { kind: string; outcomes: Record<string, number>; broken: string[] };

export const newReport = (kind: string): FaultReport => ({ kind, outcomes: {}, broken: [] });

export function count(report: FaultReport, outcome: string): void {
  report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
}

/** Notes a broken promise unless it was kept. */
export function promise(report: FaultReport, isKept: boolean, otherwise: string): void {
  if (!isKept) report.broken.push(otherwise);
}

export const describeReport = ({ kind, outcomes, broken }: FaultReport): string =>
  [
    `${kind}: ${Object.entries(outcomes)
      .map(([outcome, times]) => `${times} ${outcome}`)
      .join(', ')}; ${broken.length} promises broken`,
    ...broken.slice(0, 20).map((words) => `  BROKEN ${words}`),
  ].join('\n');
