import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceSection } from './write-section.ts';

const lines = fc.array(fc.string().filter((line) => !line.includes('<!--')));

describe('a report with one section a command', () => {
  it('starts with the title and the first section', () => {
    expect(replaceSection('# Title\n', 'npm run a', ['text'])).toBe(
      '# Title\n\n<!-- written by npm run a -->\n\ntext\n\n<!-- end of npm run a -->\n',
    );
  });

  it('replaces a section and leaves the others, whatever they hold', () => {
    fc.assert(
      fc.property(lines, lines, lines, (first, other, second) => {
        const report = replaceSection(replaceSection('# Title\n', 'npm run a', first), 'npm run b', other);
        const again = replaceSection(report, 'npm run a', second);
        expect(again).toBe(replaceSection(replaceSection('# Title\n', 'npm run a', second), 'npm run b', other));
      }),
    );
  });
});
