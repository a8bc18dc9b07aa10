import { YoujuError } from '../youju-error.ts';
import type { FoundBlock, Reading, ReadText, TextBlock } from './reading.ts';

/**
 * Puts the blocks of a file one under the other: the canonical text, which is stored and which all offsets are counted in.
 * @throws YoujuError `coverage-broken` when a visible run of the source is not in it exactly once
 */
export function composeText({ runs, blocks, metadata, warnings }: Reading): ReadText {
  proveReading(runs, blocks);
  const placed: TextBlock[] = [];
  let text = '';
  for (const block of blocks) {
    if (block.text === '') continue;
    if (text !== '') text += '\n';
    placed.push({ role: block.role, start: text.length, end: text.length + block.text.length });
    text += block.text;
  }
  return { text, blocks: placed, metadata, warnings };
}

/**
 * Proves that every run of the source is in exactly one block and that a block says what its runs say, letter by letter and in
 * their order; white space aside, which a page sets by its layout.
 */
function proveReading(runs: readonly string[], blocks: readonly FoundBlock[]): void {
  const refuse = (what: string) => {
    throw new YoujuError('coverage-broken', `${what}; the file was not ingested, report this with it`);
  };
  const used = new Uint8Array(runs.length);
  for (const { text, parts } of blocks) {
    const letters = parts.map((part) => {
      if ('computed' in part) return lettersOf(part.computed);
      const run = runs[part.run];
      if (run === undefined || used[part.run] === 1) return refuse(`text run ${part.run} is read twice`);
      used[part.run] = 1;
      return part.hyphen === 'left-out' ? lettersOf(run).slice(0, -1) : lettersOf(run);
    });
    if (letters.join('') !== lettersOf(text)) refuse(`a block says something else than the file: “${text.slice(0, 40)}”`);
  }
  const lost = runs.findIndex((run, index) => used[index] === 0 && lettersOf(run) !== '');
  if (lost >= 0) refuse(`text of the file is lost: “${runs[lost]?.trim().slice(0, 40)}”`);
}

const lettersOf = (text: string) => text.replace(/\s+/gu, '');
