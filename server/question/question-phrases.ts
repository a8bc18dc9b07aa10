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
里 上 下 中 内 时 写 来 去 没 没有 不 不是 有人 有的 咱们 咱 俺 这儿 那儿 那边 这边 这么 那样 这样 自己 别人 人家 大家 网上 说法 表述 原话 真 真的 真有 其实 好像 一个 几个 两个 一些 一点 点儿 我要 列出来 找出来 出来 起来 下来 一起 一块儿 有意思 请 帮 需要 打算 已经 曾经 现在 目前 今后 将来 将 等 等等 及其 并 并且 因此 所以 因为 如果 虽然 只是 只有 而言 来说 角度 之间 之后 之前 以后 以前 各自 分别 包含 包括 哪 啥 咋 咋样 咋办 点样 有冇 嘅 咗 唔 啲
`;

/** Words for the document itself and its frame: they tell nothing apart within it. */
const DOCUMENT_WORDS = `
中哈联合声明 联合声明全文 联合声明 这份声明 本声明 该声明 声明 这份文件 该文件 全文 文本 原文 正文 文中 文章 文件 2019年中哈 中哈两国 中哈双方
`;

/** Requests to sum up. */
const SUMMARY_PHRASES = `
概括一下 概括 归纳一下 整理一下 条列 重点条列 整份文档 整份文件 整份声明 全篇 通篇 最要紧 挑最 几句话 一句话 三言两语 梗概 纲要 总结一下 总结 概述 摘要 主要内容 主要讲 主要说 大意 要点 简述 归纳 核心内容 中心思想 重点 整体 总体
`;

/** What asks after the whole only where nothing else is named: “声明说了什么”, but “对能源说了什么”. */
const CONTENT_PHRASES = `
讲的是什么 说的是什么 讲了什么 说了什么 写了什么 讲什么 说什么 写什么 有什么内容 内容是什么 都讲了啥 讲了啥 说了啥
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
export const CONTENT_PATTERN = toPattern(CONTENT_PHRASES);

/** The same in the other languages: “what does Part II say”, «о чём часть II», «II бөлімде не айтылған». */
const ALPHABETIC_CONTENT =
  /\bwhat (?:does|do|did) .{1,80}\bsay\b|(?<!\p{L})(?:о чем|что (?:сказано|говорится|написано))|не (?:туралы|айтылған|делінген)/u;
export const asksForContent = (question: string): boolean => question.search(CONTENT_PATTERN) >= 0 || ALPHABETIC_CONTENT.test(question);

const ALPHABETIC_SUMMARY =
  /\b(?:summari[sz]e|summary|sum up|sum it up|in short|in brief|condense|digest|briefly|the whole (?:statement|document|text|thing)|the gist|tl;?dr|overview|main points?|key points?|gist|in a nutshell|outline)\b|(?:краткое содержание|кратко|резюме|суть|основн\S+ (?:содержание|положения|пункты)|обобщи\S*|вкратце|в двух словах|в целом о чем|перескажи\S*|изложи\S*|главн\S+ (?:мысл|положен)\S*)|(?:қысқаша|қысқа түрде|жалпы мазмұн\S*|мазмұны|түйіні|негізгі мазмұн\S*|қорытындыла\S*)/giu;

/** Frame words of the other languages, as stems would match them: “the joint statement”, «совместное заявление», «бірлескен мәлімдеме». */
const ALPHABETIC_DOCUMENT_WORDS =
  /\b(?:joint statement|joint declaration|statement|document|text|declaration)\b|(?:совместн\S+\s+)?заявлени\S+|документ\S*|текст\S*|(?:бірлескен\s+)?мәлімдеме\S*|құжат\S*|мәтін\S*/giu;

/** The document as a whole, whatever else is said of how to tell it. */
const WHOLE =
  /(?:整[份个篇]|全[文篇]|通篇|从头到尾)(?:声明|文件|文档|公报|内容)?|(?:这份|这个|该)(?:声明|文件|文档)(?:到底|究竟|主要|大概|都)?(?:讲|说|写|谈)(?:了|的)?(?:些|是)?(?:什么|啥)(?![\p{Script=Han}])|\b(?:whole|entire|overall|full) (?:joint )?(?:statement|document|text|paper|declaration|thing)\b|\bwhat(?:'s| is|’s) (?:the|this|that) (?:joint |whole |entire )*(?:statement|document|paper|text|declaration) (?:all |really |mainly )?about\b|(?:вес[ьё]|всего|всем) (?:этот |этого |этом )?(?:документ|заявлени|текст)\p{L}*|о чем (?:(?:весь|этот|само|данный|это|все) )*(?:документ|заявлени|текст)\p{L}*|(?:бүкіл|тұтас|бас-аяғын|жалпы) (?:құжат|мәлімдеме|мәтін)\p{L}*|(?:құжат|мәлімдеме|мәтін)\p{L}* (?:бас-аяғын|жалпы|не туралы|не жайлы)/u;
export const asksForWhole = (question: string): boolean => WHOLE.test(question);

const SECTION = /部分|章节|这[一1]?章|\b(?:section|part|chapter)\b|(?<!\p{L})(?:раздел|част[ьи]|глав)\p{L}*|бөлім\p{L}*/u;
export const asksForSection = (question: string): boolean => SECTION.test(question);

export const SUMMARY_PATTERNS = [CHINESE_SUMMARY, ALPHABETIC_SUMMARY];
export const DOCUMENT_PATTERNS = [CHINESE_DOCUMENT_WORDS, ALPHABETIC_DOCUMENT_WORDS];

/** Asks for several things at once: more sentences are needed than for a fact. */
const LIST_QUESTION =
  /哪些|哪几|分别|各自?有|各是|都有什么|有什么|列出|列举|列明|比较|对比|区别|\b(?:list|which .*s\b|what (?:kinds|types|areas|fields|measures|steps)|compare|both|respectively|difference)|какие|перечисли\p{L}*|сравни\p{L}*|қандай .*(?:лар|лер|дар|дер|тар|тер)|салыстыр\p{L}*/iu;

export const asksForSeveral = (question: string): boolean => LIST_QUESTION.test(question);

/** What another document says: “2015年的联合宣言里…”, “what does the 2017 statement say”. The year is one of the groups. */
const INSIDE_DATED_DOCUMENT = [
  /(\d{4})年(?:\d{1,2}月)?(?:\d{1,2}日)?[^，。？,?]{0,8}(?:声明|宣言|公报|条约|协定|协议|文件)(?:里|中|内|上|的?内容|是?怎么|如何|对|关于|讲|说|写|提|规定|[,，]\s*第)/u,
  /\b(?:statement|declaration|treaty|agreement|communiqu[eé]) (?:signed )?(?:of|from|dated|on) (?:\d{1,2} \p{L}+ |\p{L}+ \d{1,2},? )?(\d{4})[^?]{0,12}\b(?:say|says|said|contain|mention|cover|provide)|\b(?:in|by|under) the (\d{4}) (?:joint )?(?:statement|declaration|treaty|agreement)|\bwhat (?:did|does) the (\d{4}) (?:joint )?(?:statement|declaration|treaty)/u,
  /(?:в|во|согласно) (?:совместн\p{L}+ )?(?:заявлени|деклараци|договор|коммюнике)\p{L}+(?: от)?(?: \d{1,2} \p{L}+)? (\d{4})/u,
  /(\d{4})\s*(?:жылғы|жылдың|жылы)\s(?:[\p{L}\d-]+\s){0,5}(?:мәлімдеме|декларация|шарт|құжат|келісім)\p{L}*(?:(?:да|де|та|те|нда|нде)(?!\p{L})|\p{L}* (?:мазмұн|не (?:деп|деді|туралы|жайлы))\p{L}*)/u,
];

/** An article of some other agreement: 《…条约》第6条, “article 4 of the treaty”, «статьи договора». */
const ARTICLE_OF_ANOTHER =
  /(?:条约|协定|宪章|公约|章程)》?的?第\s*\d+\s*条|\barticles? \d+ (?:of|in) (?:the )?(?:[\w-]+ ){0,4}(?:treaty|charter|convention|constitution|agreement)|стать\p{L}+ (?:\d+ )?(?:\p{L}+ ){0,2}(?:договор|устав|конвенц|конституц|соглашен)\p{L}*/u;

export const asksForArticleOfAnother = (question: string): boolean => ARTICLE_OF_ANOTHER.test(question);

/** Each of the patterns above has one. */
const YEAR = /\d{4}/;

/** The year of the document that a question looks into, where it names one. */
export function yearOfDocumentAskedAbout(question: string): string | undefined {
  if (!YEAR.test(question)) return undefined;
  for (const pattern of INSIDE_DATED_DOCUMENT) {
    const year = pattern
      .exec(question)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (year !== undefined) return year;
  }
  return undefined;
}

/** Asks for an opinion or a forecast: the documents have none, and neither have we. */
const OPINION =
  /[你您](?:们)?(?:觉得|认为|看来|怎么看|怎么想|猜(?!怎么着)|个人)|依你看|\bin your (?:view|opinion)\b|\b(?:do|would) you (?:think|believe|say)\b|\byour (?:opinion|view|thoughts)\b|как (?:ты|вы) (?:думае|счита)\p{L}+|как думае\p{L}+|по-(?:твоему|вашему)|(?:твоё|твое|ваше) мнение|ойыңша|ойыңызша|сіздіңше|қалай ойлай\p{L}+/iu;
/** Speaks to the assistant instead of asking about the documents. */
const INSTRUCTION =
  /(?:忽略|无视|忘记|忘掉|跳过|绕过)(?:\p{Script=Han}{0,8})(?:指令|指示|规则|限制|设定|提示|文件|声明)|(?:系统|隐藏)提示词?|请?(?:照此|照着|按此)回答|(?:扮演|假装|假设你是|你现在是)|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|polic|guideline|document|above|previous|restriction)|\b(?:system|hidden|developer) (?:prompt|message|instructions)\b|\b(?:pretend|act|answer|respond|role-?play) (?:to be|as if|as an?)\b|\bjailbreak\b|(?:забудь|игнорируй|не обращай внимания|притворись|представь,? что ты|отвечай (?:дальше )?как)|системн\p{L}+ (?:промпт|подсказк|инструкц)\p{L}*|(?:ұмыт|елеме|елемей|рөлін ойна)\p{L}*/iu;

/** Wants something written, drawn or made up: we only quote. */
const COMPOSITION =
  /(?:帮我?|替我|给我|为我|请(?!问)你?|麻烦)\p{L}{0,14}(?:写|编|作|画|拟|生成|创作|设计|翻译)[一个]?[首封篇段份则幅副]|^(?:写|编|作|画|翻译)[一个]?[首封篇段份则幅副]|\b(?:write|compose|draft|generate|invent|code|make up)\b (?:me |us )?(?:an? |some |the |my )?(?:[a-z-]+ ){0,3}(?:poem|letter|essay|story|code|song|script|e-?mail|speech|article|function|program|paragraph|sentence|recipe|cv|resume|joke|clause)\b|(?<!\p{L})(?:напиши|сочини|составь|придумай|составить|сгенерируй)\p{L}* (?:\p{L}+ ){0,3}(?:стих|письм|рассказ|резюме|код|реч|эссе|текст|стать|пункт|абзац)\p{L}*|(?:өлең|хат|өтініш|эссе|әңгіме|резюме|түйіндеме|мақала)\p{L}* (?:\p{L}+ ){0,2}(?:жаз(?!ып жүр|ып отыр|у)|құрастыр|ойлап)\p{L}*/u;
/** Wants the rules changed: citations off, another voice. */
const WITHOUT_CITATIONS =
  /(?:关闭|停用|暂停|去掉|不用|不必|无需|(?<!\p{L})别|不要|忘掉|忘了)再?\p{L}{0,4}(?:引用|引文|出处|附段落)|(?:忘掉|忘了|忘记|不受)\p{L}{0,4}(?:规则|限制)|(?:规则|引文检查|引用模式)\p{L}{0,4}(?:暂停|关闭|解除|忘掉|失效|取消)|口吻(?:讲|说|回答)|(?:背后|后台|隐藏)的?(?:密钥|设定|规则|模型)|(?:背后是|你是)(?:哪个|什么)模型|\b(?:without|no|skip|drop|stop) (?:any |the |all )?(?:citations?|quoting|quotations)\b|без (?:ссылок|цитат)|(?<!\p{L})ты теперь(?!\p{L})|сен енді|дәйексөзсіз|сілтемесіз/u;

/** Says nothing but thanks, a greeting or goodbye, or sets a sum: a matching word of a document would be chance. Normalised text. */
const COURTESY =
  /^(?:(?:非常|太|十分)?(?:谢谢|多谢|感谢)(?:您|你|你们|大家)?(?:的?(?:回答|帮助|解答))?|(?:您|你|大家)好|再见|辛苦了|好的?|(?:many )?thanks?(?: you| u)?(?: (?:so|very) much| a lot)?|hello|hi|hey|good (?:morning|afternoon|evening|day)|(?:good)?bye|ok(?:ay)?|(?:большое )?спасибо(?: (?:большое|вам|тебе|за ответ))*|благодарю(?: вас)?|здравствуй(?:те)?|привет|добр(?:ый|ое|ого) (?:день|утро|вечер|дня)|до свидания|пока|(?:көп |үлкен )?ра[хқ]мет(?: (?:сізге|саған))?|сәлем(?:етсіз бе|атсыз ба)?|сау болыңыз)[\s啊呀啦了!.,，。~]*$/u;
const SUM = /^[\d\s.,()]*(?:[+*×÷^=][\d\s.,()]*)+\?*$/u;
export const isNoMatter = (question: string): boolean => [COURTESY, SUM].some((pattern) => pattern.test(question.trim()));

export const asksForOpinion = (question: string): boolean => OPINION.test(question);
export const isInstruction = (question: string): boolean =>
  [INSTRUCTION, COMPOSITION, WITHOUT_CITATIONS].some((pattern) => pattern.test(question));
