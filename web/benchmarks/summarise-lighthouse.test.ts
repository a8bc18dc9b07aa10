import { describe, expect, it } from 'vitest';
import type { LighthouseReport } from './run-lighthouse.ts';
import { listScores, listShortcomings, medianRun } from './summarise-lighthouse.ts';

const audit = (title: string, score: number | null, further = {}) => ({ title, score, scoreDisplayMode: 'binary', ...further });

function reportWith(performance: number): LighthouseReport {
  const refs = [{ id: 'contrast' }, { id: 'compression', group: 'diagnostics' }, { id: 'compression-insight', group: 'hidden' }];
  return {
    lighthouseVersion: '12.8.2',
    categories: {
      performance: { title: 'Performance', score: performance, auditRefs: refs },
      seo: { title: 'SEO', score: null, auditRefs: [{ id: 'contrast' }, { id: 'robots' }, { id: 'manual' }] },
    },
    audits: {
      contrast: audit('Contrast is too low', 0),
      compression: audit('Enable text compression', 0.5, { displayValue: 'savings of 46 KiB' }),
      'compression-insight': audit('Compress', 0),
      robots: audit('robots.txt', null, { scoreDisplayMode: 'error', errorMessage: 'timed out' }),
      manual: audit('Check by hand', null, { scoreDisplayMode: 'manual' }),
    },
  };
}

describe('what is told of a Lighthouse report', () => {
  it('is the run in the middle', () => {
    expect(medianRun([0.9, 1, 0.95].map(reportWith)).categories['performance']?.score).toBe(0.95);
  });

  it('is every score, also a missing one', () => {
    expect(listScores(reportWith(0.98))).toEqual([
      { title: 'Performance', score: '98' },
      { title: 'SEO', score: '–' },
    ]);
  });

  it('is every audit below full marks once, and those that could not be measured', () => {
    expect(listShortcomings(reportWith(1))).toEqual([
      'Contrast is too low',
      'Enable text compression: savings of 46 KiB',
      'robots.txt: not measured (timed out)',
    ]);
  });
});
