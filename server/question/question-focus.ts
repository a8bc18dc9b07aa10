import { findNouns } from '../../ingest/text/chinese/segment-words.ts';

/**
 * The focus of a question is the thing it wants named: “which *companies*”, “what is the *deadline* for”, 由哪家*银行*, *总裁*是谁. A text
 * that never names the focus answers another question, however much of the rest it names (the near miss). Words for a mere kind
 * of answer (“which areas”, 哪些方面) need not occur in the text. In Russian and Kazakh only words count that
 * some document names: others may just lack a translation.
 */
const CHINESE_FOCUS_AFTER = [
  /(?:哪(?:一?[家种个位座条类款所份项届支颗批]|些|几[家种个位座条类款所])?|什么)(\p{Script=Han}{2,4})/gu,
  /(?:哪些|什么)\p{Script=Han}{1,4}的(\p{Script=Han}{2,4})/gu,
  /有没有(\p{Script=Han}{2,4})/gu,
];
const CHINESE_FOCUS_BEFORE = [/(\p{Script=Han}{2,4})(?:是|为)(?:谁|多少|哪位|哪些人)/gu, /(\p{Script=Han}{2,4})(?:有多少|有多[大长高])/gu];

const AUXILIARY = '(?:is|are|was|were|be|do|does|did|will|would|can|could|should|must|may|has|have|had)';
const ENGLISH_FOCUS = [
  /\bwho\s+(?!is\b|are\b|was\b|were\b|will\b|would\b|does\b|did\b|has\b|have\b|can\b)([a-z-]{4,})\b/giu,
  /\b(?:tell|give|show|send) me the (?:[a-z-]+ ){0,1}?([a-z-]{4,})\b/giu,
  new RegExp(`\\b(?:which|what)\\s+(?:[a-z-]+\\s+){0,2}?([a-z-]{3,})\\s+${AUXILIARY}\\b`, 'giu'),
  new RegExp(`\\b(?:which|what)\\s+(?!${AUXILIARY}\\b|of\\b|the\\b)([a-z-]{4,})\\b`, 'giu'),
  /\b(?:what|who|whats|what's|who's)\s+(?:is|are|was|were)?\s*the\s+(?:[a-z-]+\s+){0,2}?([a-z-]{3,})\s+(?:of|for|in|on|at|to)\b/giu,
  /\bhow (?:many|much)\s+(?:[a-z-]+\s+){0,1}?([a-z-]{4,})\b/giu,
];

const CYRILLIC_FOCUS = [/(?<!\p{L})как(?:ой|ая|ое|ие|их|им|ими|ую|ого)\s+(\p{L}{4,})/gu, /(?<!\p{L})(?:қандай|қай)\s+(\p{L}{4,})/gu];
const CYRILLIC_KINDS =
  /^(?:вид|тип|направлен|мер[аыу]?$|шаг|област|сфер|вопрос|тем[аы]|год|день|дат|месяц|врем|организац|документ|формат|форм|образ|случа|стран|город|мест|язык|част|раздел|пункт|абзац|слов|цел|принцип|позици|отношен|оценк|рол|значен|статус|ранг|назван|имен|проблем|угроз|преступл|услови|основ|сторон|договор|соглашен|орган|област|процесс|иници|политик|работ|результат|бағыт|сала|шара|мәселе|құжат|ұйым|елде|қала|жыл|күн|тіл|бөлім|тармақ|мақсат|қағида|түр|жерде|орын|саясат|форум|ынтымақ|қатынас|жоба)/u;

/** Words that say what kind of answer is wanted, not what it is about. */
const KINDS = new Set(
  `领域 方面 内容 文件 组织 机制 国家 城市 地方 地点 活动 措施 条件 原则 问题 项目 工作 目标 立场 态度 倡议 主张 作用 意义 概念 方向 形式 罪行 威胁 设施 工程 语言 性质 级别 要求 评价 看法 部分 时候
  时间 样子 事情 大事 关系 东西 名字 名称 全称 简称 全名 时期 阶段 办法 方法 方式 安排 计划 打算 承诺 共识 成果 成就 理念 精神 地位 身份 环节 意思 称呼 程度 水平 类型 种类 说法 观点 表态 场合 框架 平台 平等 变化 区别 特点 重点 好处 打击 合作 地区 日子 日期 年份 具体 人物 人员 重要 新的 主要 共同 有关 相关 同样 不同
  kind kinds sort sorts type types area areas field fields aspect aspects topic topics matter matters subject subjects way ways step steps measure measures form forms document documents city cities
  country countries place places location year years month day date time name names title word words term terms rank level status role position positions stance view views attitude opinion idea ideas
  initiative initiatives proposal principle principles goal goals aim aims purpose reason result results thing things point points issue issues plan plans side sides party parties people person
  organisation organisations organization organizations body bodies framework region regions danger dangers threat threats risk risks work works event events language languages part parts section
  paragraph item sense actors happened exactly earlier other else does kinds promises commitments achievements attitude feelings concrete specific`.split(
    /\s+/,
  ),
);

/** 什么国际文件 asks for a kind of thing, whatever stands in front of it. */
const CHINESE_KINDS = [...KINDS].filter((kind) => /\p{Script=Han}/u.test(kind));

/** Where a normalised question names its focus: a word that a stretch starts with, ends with, or is. */
export type Focus = { starts: string[]; ends: string[]; words: string[]; isNoun: (word: string) => boolean };

const HAN = /\p{Script=Han}/u;
const LATIN = /[a-z]/iu;
const CYRILLIC = /\p{Script=Cyrillic}/u;

export function findFocus(question: string): Focus {
  // Each list of patterns wants letters of one script; most questions have none of the others.
  const find = (patterns: RegExp[], script: RegExp) =>
    script.test(question) ? patterns.flatMap((pattern) => Array.from(question.matchAll(pattern), ([, word = '']) => word)) : [];
  let nouns: ReadonlySet<string> | undefined;
  return {
    starts: find(CHINESE_FOCUS_AFTER, HAN).filter((stretch) => !CHINESE_KINDS.some((kind) => stretch.includes(kind))),
    ends: find(CHINESE_FOCUS_BEFORE, HAN),
    words: [...find(ENGLISH_FOCUS, LATIN), ...find(CYRILLIC_FOCUS, CYRILLIC).filter((word) => !CYRILLIC_KINDS.test(word))],
    isNoun: (word) => {
      nouns ??= new Set(findNouns(question));
      return nouns.has(word);
    },
  };
}

/** Whether a unit of the question is its focus, and more than a word for a kind of answer. */
export function isFocus(surface: string, { starts, ends, words, isNoun }: Focus): boolean {
  if (KINDS.has(surface)) return false;
  if (words.includes(surface)) return true;
  return (starts.some((stretch) => stretch.startsWith(surface)) || ends.some((stretch) => stretch.endsWith(surface))) && isNoun(surface);
}
