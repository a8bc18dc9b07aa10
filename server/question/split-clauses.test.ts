import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitClauses } from './split-clauses.ts';

describe('what a question asks, apart from what is told around it', () => {
  test.each([
    ['我在律师事务所工作，新版的投资保护协定签好了没有？', '新版的投资保护协定签好了没有？'],
    ['My brother drives a lorry. Will border crossings get faster?', 'Will border crossings get faster?'],
    ['Я вожу фуры через Хоргос. Обещают ли упростить досмотр?', 'Обещают ли упростить досмотр?'],
  ])('%s asks: %s', (question, asked) => {
    expect(splitClauses(question).asked.trim()).toBe(asked);
  });

  test('a short question, and one that nothing in it asks, is asked whole', () => {
    expect(splitClauses('能源合作')).toEqual({ asked: '能源合作', background: '' });
    expect(splitClauses('energy cooperation, pipelines, nuclear power and renewables')).toMatchObject({ background: '' });
  });

  test('the asking may begin in the middle of a clause', () => {
    const { asked, background } = splitClauses('I run a small firm in Almaty and wonder whether road transport is mentioned');
    expect(asked).toContain('road transport');
    expect(background).toContain('Almaty');
  });

  test('loses no letter of what it was given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('我', '？', '。', '，', 'what', ' I ', 'энергия', '几', '.', ' '), { maxLength: 30 }),
        (parts) => {
          const question = parts.join('');
          const { asked, background } = splitClauses(question);
          return asked === question || asked.length + background.length <= question.length;
        },
      ),
    );
  });
});
