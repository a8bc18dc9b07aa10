import { describe, expect, test } from 'vitest';
import { findFocus, isFocus } from './question-focus.ts';

const isFocusIn = (question: string, word: string) => isFocus(word, findFocus(question));

describe('the focus of a question', () => {
  test.each([
    ['产能合作基金由哪家银行管理？', '银行'],
    ['航天合作会用哪种火箭？', '火箭'],
    ['阿斯塔纳国际金融中心的总裁是谁？', '总裁'],
    ['which companies will build the dam?', 'companies'],
    ['what is the deadline for the agreement?', 'deadline'],
    ['how many students will get scholarships?', 'students'],
  ])('%s wants named: %s', (question, word) => {
    expect(isFocusIn(question, word)).toBe(true);
  });

  test.each([
    ['双方在哪些领域合作？', '领域'],
    ['反腐败以什么国际文件为基础？', '国际'],
    ['有哪些固定的沟通机制？', '固定'],
    ['in which city was the forum held?', 'city'],
    ['what kinds of exchange are planned?', 'kinds'],
    ['双方如何加强能源合作？', '能源'],
  ])('%s does not: %s only says what kind of answer is wanted', (question, word) => {
    expect(isFocusIn(question, word)).toBe(false);
  });
});
