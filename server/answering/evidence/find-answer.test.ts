import { expect, test } from 'vitest';
import type { AnswerKind } from '../../question/answer-kinds.ts';
import { holdsAnswer } from './find-answer.ts';

test.each([
  ['date', '本声明于2019年9月11日在北京签署', '什么时候签署', true],
  ['date', '双方加强合作', '什么时候', false],
  ['place', '第二届论坛在阿拉木图召开', '论坛在哪里召开', true],
  ['place', '第二届论坛在阿拉木图召开', '阿拉木图的论坛在哪座城市', false],
  ['quantity', '2015年12月14日两国政府间协定', '多少钱', false],
  ['quantity', '建交27年来', '多少亿美元', false],
  ['duration', '建交27年来', '建交多少年', true],
  ['count', '每份用中文、哈萨克文和俄文写成', '几种语言', true],
  ['person', '哈萨克斯坦共和国总统托卡耶夫', '谁', true],
  ['person', '双方将加强合作', '谁', false],
  ['actor', '双方将加强合作', '由谁负责', true],
  ['organisation', '保持中哈合作委员会高效运转', '哪个机构', true],
  ['names', '双方加强文学作品互译', '哪几本', false],
  ['names', '以《联合国反腐败公约》为基础', '哪几份', true],
  ['reason', '双方加强合作', '为什么', true],
] satisfies [AnswerKind, string, string, boolean][])('a %s in “%s” for “%s”: %s', (kind, sentence, question, holds) => {
  expect(holdsAnswer({}, kind, 0, () => sentence, question)).toBe(holds);
});
