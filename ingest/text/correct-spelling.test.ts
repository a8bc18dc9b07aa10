import { describe, expect, it } from 'vitest';
import { SpellingCorrector } from './correct-spelling.ts';

const corrector = new SpellingCorrector(
  [
    ['en', 'pipelin'],
    ['en', 'contract'],
    ['en', 'agricultur'],
    ['ru', 'нефтепровод'],
    ['kk', 'ынтымақтастық'],
  ],
  new Set(['contrast']),
);

describe('SpellingCorrector', () => {
  it('finds the stem that a misspelt one was meant to be', () => {
    expect(corrector.correct('pipelni', 'en')).toBe('pipelin');
    expect(corrector.correct('agriculutr', 'en')).toBe('agricultur');
    expect(corrector.correct('нефтипровод', 'ru')).toBe('нефтепровод');
    expect(corrector.correct('ынтымактастық', 'kk')).toBe('ынтымақтастық');
  });

  it('takes a word of the dictionary at its word', () => {
    expect(corrector.correct('contrast', 'en')).toBeUndefined();
    expect(corrector.correct('contrsct', 'en')).toBe('contract');
  });

  it.each(['oill', 'xipelin', 'pipe2in', 'pippppelin', 'weather'])('corrects %s to nothing', (stem) => {
    expect(corrector.correct(stem, 'en')).toBeUndefined();
  });

  it('stays within the language', () => {
    expect(corrector.correct('pipelni', 'ru')).toBeUndefined();
  });
});
