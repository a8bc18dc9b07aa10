/**
 * Words that ask rather than say: removed before matching, because they are not what the answer shares with the question.
 * Chinese phrases of three characters or more are removed as substrings, longest first; shorter ones as segmented words only,
 * since 和 stands in 和平 and 地 in 地方. Other languages have their stopwords in `ingest/text`.
 */
const CHINESE_PHRASES = `
请问一下 请问 请教一下 请教 麻烦问一下 麻烦您 麻烦你 麻烦 拜托 劳驾 谢谢 多谢 感谢您 您好 你好 打扰一下 打扰了 想请您 想问一下 想问问 我想问 我想知道 我想了解一下 我想了解 想了解一下 想了解 想知道 我要问
能不能告诉我 可以告诉我 能否告诉我 告诉我 告诉我们 能不能 可不可以 能否 可否 可以吗 是不是 是否 有没有 有无 会不会 要不要 对不对 对吗 好吗 行吗
帮我查一下 帮我查查 帮我看看 帮我找 帮忙 帮我 查一下 查查 看一下 看看 说一下 说说 讲一下 讲讲 谈谈 介绍一下 介绍 解释一下 解释 说明一下 列举一下 列举 列出 举例
是什么意思 什么意思 是什么样的 什么样的 什么样 是什么时候 什么时候 什么时间 什么地方 什么地点 什么人 什么内容 什么事 是什么 为什么 为何 什么 怎么样 怎样 怎么办 怎么看 怎么说 怎么 如何
哪一些 哪些方面 哪些领域 哪些内容 哪些 哪一个 哪一年 哪一天 哪一部分 哪个城市 哪个地方 哪个 哪里 哪儿 哪位 哪年 哪天 哪月 哪几个 哪几 哪国 哪种 哪方 谁 何时 何地 何人 何种 何处 何 多少 多久 多大 几个 几项 几份 几月几号 几月几日 几月 几号 几年 几次 几点
有什么 有哪些 做了什么 作了什么 具体 到底 究竟 大概 大致 详细 简单 一下 关于 有关 相关 对于 至于 针对 方面 问题 内容 情况 里面 里边 里头 当中 之中 提到的 提到 提及 提出 说到 谈到 讲到 涉及到 涉及 写到 写了 写的 写着 规定 表示 说了 说的 讲了 讲的 说 讲 谈
的话 的时候 吗 呢 吧 啊 呀 嘛 哦 了 的 地 得 着 过 么 我们 我 你们 你 您 它们 他们 它 这个 那个 这些 那些 这份 那份 这篇 这里 那里 其中 还有 另外 此外 以及 都有 都 也 还 就 又 再 有 是 在 和 与 跟 同 对 把 被 给 让 向 从 到 由 以 及 或者 或 而且 而 但是 但 那么 那 这 会 要 想 能 可以
`;

/** Words for the document itself and its frame: they tell nothing apart within it. */
const DOCUMENT_WORDS = `
中哈联合声明 联合声明全文 联合声明 这份声明 本声明 该声明 声明 这份文件 该文件 全文 文本 原文 正文 文中 文章 文件 2019年中哈 中哈两国 中哈双方
`;

/** Requests for the whole rather than for a fact. */
const SUMMARY_PHRASES = `
概括一下 概括 总结一下 总结 概述 摘要 主要内容 主要讲 主要说 大意 要点 简述 归纳 讲的是什么 说的是什么 核心内容 中心思想 重点 整体 总体
`;

const longestFirst = (phrases: string) =>
  phrases
    .trim()
    .split(/\s+/)
    .toSorted((a, b) => b.length - a.length);
const toPattern = (phrases: string) => new RegExp(longestFirst(phrases).join('|'), 'gu');

const chinesePhrases = longestFirst(CHINESE_PHRASES);
export const CHINESE_QUESTION_PHRASES = new RegExp(chinesePhrases.filter((phrase) => phrase.length > 2).join('|'), 'gu');
export const CHINESE_STOPWORDS: ReadonlySet<string> = new Set(chinesePhrases.filter((phrase) => phrase.length <= 2));

export const CHINESE_DOCUMENT_WORDS = toPattern(DOCUMENT_WORDS);
const CHINESE_SUMMARY = toPattern(SUMMARY_PHRASES);

const ALPHABETIC_SUMMARY =
  /\b(?:summari[sz]e|summary|overview|main points?|key points?|gist|in a nutshell|outline)\b|(?:кратко|краткое содержание|резюме|суть|основн\S+ (?:содержание|положения|пункты)|обобщи\S*|перескажи\S*|главн\S+ (?:мысл|положен)\S*)|(?:қысқаша|мазмұны|түйіні|негізгі мазмұн\S*|қорытындыла\S*)/giu;

/** Frame words of the other languages, as stems would match them: “the joint statement”, «совместное заявление», «бірлескен мәлімдеме». */
const ALPHABETIC_DOCUMENT_WORDS =
  /\b(?:joint statement|joint declaration|statement|document|text|declaration)\b|(?:совместн\S+\s+)?заявлени\S+|документ\S*|текст\S*|(?:бірлескен\s+)?мәлімдеме\S*|құжат\S*|мәтін\S*/giu;

export const SUMMARY_PATTERNS = [CHINESE_SUMMARY, ALPHABETIC_SUMMARY];
export const DOCUMENT_PATTERNS = [CHINESE_DOCUMENT_WORDS, ALPHABETIC_DOCUMENT_WORDS];

/** What kind of fact is asked for; it decides what a sentence must contain to answer. */
export type AskedFor = 'date' | 'quantity' | 'reason' | 'anything';

const DATE_QUESTION =
  /什么时候|什么时间|何时|哪一?[年天月日]|几[年月号日]|多久|\bwhen\b|\bwhat (?:date|year|day|month)\b|\bwhich (?:year|day|month)\b|когда|каком году|какого числа|қашан|қай жылы|қай күні/iu;
const QUANTITY_QUESTION =
  /多少|几(?:个|项|份|次|条|家|名|亿|万|成|种|列|吨|周年)|\bhow (?:many|much|large|big|long|often)\b|\bwhat (?:percentage|amount|number|share)\b|сколько|какой (?:объ[её]м|процент)|какова сумма|қанша|неше/iu;

/** Asks for several things at once: more sentences are needed than for a fact. */
const LIST_QUESTION =
  /哪些|哪几|分别|各自?有|各是|都有什么|有什么|列出|列举|列明|比较|对比|区别|\b(?:list|which .*s\b|what (?:kinds|types|areas|fields|measures|steps)|compare|both|respectively|difference)|какие|перечисли\p{L}*|сравни\p{L}*|қандай .*(?:лар|лер|дар|дер|тар|тер)|салыстыр\p{L}*/iu;

export const asksForSeveral = (question: string): boolean => LIST_QUESTION.test(question);

const REASON_QUESTION =
  /为什么|为何|为啥|凭什么|什么原因|何以|\bwhy\b|\bwhat (?:is|was) the reason|\bfor what reason|почему|зачем|отчего|по какой причине|с какой стати|неге|неліктен|не себепті|не үшін/iu;

export function whatIsAsked(question: string): AskedFor {
  if (REASON_QUESTION.test(question)) return 'reason';
  if (DATE_QUESTION.test(question)) return 'date';
  return QUANTITY_QUESTION.test(question) ? 'quantity' : 'anything';
}
