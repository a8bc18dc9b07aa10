import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnNameCharacters, NameMatcher, soundOfAlphabetic, soundOfChinese, soundsInChinese, soundsLike } from './name-sounds.ts';

const syllables = new Map(
  Object.entries({
    托: 'tuo',
    卡: 'ka',
    耶: 'ye',
    夫: 'fu',
    杜: 'du',
    葉: 'ye',
    叶: 'ye',
    特: 'te',
    斯: 'si',
    拉: 'la',
    霍: 'huo',
    尔: 'er',
    果: 'guo',
    上: 'shang',
    海: 'hai',
    和: 'he',
  }),
);

describe('a name in three scripts', () => {
  it.each([
    ['托卡耶夫', 'tokayev', 'токаев'],
    ['特斯拉', 'tesla', 'тесла'],
    ['霍尔果斯', 'khorgos', 'хоргос'],
  ])('%s sounds like %s and %s', (chinese, latin, cyrillic) => {
    expect(soundOfAlphabetic(latin, 'en')).toBe(soundOfChinese(chinese, syllables));
    expect(soundOfAlphabetic(cyrillic, 'ru')).toBe(soundOfChinese(chinese, syllables));
  });

  it('is found in another transliteration too', () => {
    const matcher = new NameMatcher({ syllables, nameCharacters: new Set('托卡耶夫杜叶') }, [soundOfChinese('托卡耶夫', syllables)]);
    expect(matcher.chinese('杜卡叶夫')).toEqual([{ sound: 'tkf', likeness: 1 }]);
    expect(matcher.alphabetic('tokaev', 'en')).toHaveLength(1);
  });
});

describe('soundsLike', () => {
  it('lets one sound in four differ, but never the first', () => {
    expect(soundsLike('hlks', ['hlts'], 3)).toEqual([{ sound: 'hlts', likeness: 0.75 }]);
    expect(soundsLike('hlks', ['klks', 'hlk'], 3)).toEqual([{ sound: 'hlk', likeness: 0.75 }]);
  });

  it('gives nothing for a sound that fits too many names', () => {
    expect(soundsLike('s', ['s', 'st'], 3)).toEqual([]);
  });

  it('gives the best first and at most as many as wanted', () => {
    expect(soundsLike('nslpf', ['nslp', 'nslpf', 'nslpt'], 2).map(({ sound }) => sound)[0]).toBe('nslpf');
    expect(soundsLike('nslpf', ['nslp', 'nslpf', 'nslpt'], 2)).toHaveLength(2);
  });

  it('is at home with any word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (word) =>
        /^[ptkfslmnh]*$/.test(soundOfAlphabetic(word.toLowerCase(), 'en')),
      ),
    );
  });
});

describe('names in a Chinese text', () => {
  it('are runs of the characters that write foreign names', () => {
    expect(soundsInChinese('和托卡耶夫会谈', syllables, new Set('托卡耶夫'))).toEqual(new Set(['tkf']));
    expect(soundsInChinese('和他会谈', syllables, new Set('托卡耶夫'))).toEqual(new Set());
  });

  it('are learned from dictionary entries that sound like their rendering', () => {
    const learned = learnNameCharacters(
      [
        ['特斯拉', 'Tesla'],
        ['拉特斯', 'Ratess'],
        ['上海', 'Kilimanjaro'],
      ],
      syllables,
    );
    expect(learned).toEqual(new Set('特斯拉'));
  });
});
