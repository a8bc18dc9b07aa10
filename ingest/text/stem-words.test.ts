import { describe, expect, it } from 'vitest';
import { type AlphabeticLanguage, contentWords, stemWord } from './stem-words.ts';

const stems = (words: string[], language: AlphabeticLanguage) => new Set(words.map((word) => stemWord(word, language)));

describe('Kazakh words', () => {
  it.each([
    [['келісім', 'келісімі', 'келісімдер', 'келісімнің', 'келісімдерін']],
    [['қазақстан', 'қазақстанның', 'қазақстанда', 'қазақстанмен']],
    [['мұнай', 'мұнайды', 'мұнайға']],
    [['өзен', 'өзендер', 'өзендерін', 'өзенді']],
    [['қауіпсіздік', 'қауіпсіздігі', 'қауіпсіздікті']],
    [['ынтымақтастық', 'ынтымақтастығы', 'ынтымақтастықтың']],
  ])('have one stem: %j', (words) => {
    expect(stems(words, 'kk').size).toBe(1);
  });

  it('end in the voiceless consonant of the dictionary form: тармағы → тармақ', () => {
    expect(stems(['тармақ', 'тармағы', 'тармақтары', 'тармағының'], 'kk').size).toBe(1);
    expect(stems(['мектеп', 'мектебі'], 'kk').size).toBe(1);
  });

  it('are the same typed on a Russian keyboard', () => {
    expect(stems(['қазақстанның', 'казакстаннын'], 'kk').size).toBe(1);
    expect(stems(['ынтымақтастық', 'ынтымактастык'], 'kk').size).toBe(1);
  });

  it('keep at least three letters', () => {
    expect(stemWord('суды', 'kk').length).toBeGreaterThanOrEqual(3);
    expect(stemWord('ел', 'kk')).toBe('ел');
  });

  it('stay apart where they are different words', () => {
    expect(stems(['мұнай', 'өзен', 'сауда', 'келісім'], 'kk').size).toBe(4);
  });
});

describe('English and Russian words', () => {
  it('have one stem over their forms', () => {
    expect(stems(['cooperation', 'cooperate', 'cooperating'], 'en').size).toBe(1);
    expect(stems(['сотрудничество', 'сотрудничества', 'сотрудничеством'], 'ru').size).toBe(1);
  });

  it('stay as they are where they hold digits or are endless', () => {
    expect(stemWord('g20s', 'en')).toBe('g20s');
    const endless = 'ing'.repeat(50_000);
    expect(stemWord(endless, 'en')).toBe(endless);
  });
});

describe('contentWords', () => {
  const surfaces = (text: string, language: AlphabeticLanguage) => contentWords(text, language).map(({ surface }) => surface);

  it('leaves out what carries no content, in reading order', () => {
    expect(surfaces('what is said about the oil pipeline of 2019?', 'en')).toEqual(['oil', 'pipeline', '2019']);
    expect(surfaces('что сказано о нефтепроводе', 'ru')).toEqual(['нефтепроводе']);
    expect(surfaces('мұнай құбыры туралы не айтылған', 'kk')).toEqual(['мұнай', 'құбыры']);
  });

  it('parts compounds and drops the possessive', () => {
    expect(surfaces('china’s oil-and-gas trade', 'en')).toEqual(['china', 'oil', 'gas', 'trade']);
  });

  it('sees no word in Chinese', () => {
    expect(surfaces('扩大能源合作', 'en')).toEqual([]);
  });
});
