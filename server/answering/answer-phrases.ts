import type { AbstentionReason, DegradedReason, Language } from '../wire.ts';

/** A section without a number takes the article: “the preamble, paragraph 1”. */
const withArticle = (label: string) => label.replace(/^(?:Preamble|Closing)/u, (name) => `the ${name.toLowerCase()}`);

/** A Kazakh label in the locative (тармақта, бөлімде): т after a voiceless sound, а after a back vowel. */
const inLocative = (label: string) =>
  `${label}${/[кқпстфхцчшщ]$/u.test(label) ? 'т' : 'д'}${/[әеиіөү][^әеиіөүаоұуыя]*$/u.test(label) ? 'е' : 'а'}`;

/** The words of an answer that are not the document's: lead-ins, reasons and notes, in the asker's language. */
type Phrases = {
  leadIn: (label: string) => string;
  /** Asks for what the place of that label says, so that the question leads back to it. */
  askFor: (label: string) => string;
  reasons: Record<AbstentionReason, string>;
  nearby: string;
  /** Heads the list of what an answer cites. */
  sources: string;
  degraded: Record<DegradedReason, string>;
};

const PHRASES: Record<Language, Phrases> = {
  'zh-Hans': {
    leadIn: (label) => `${label}写道：`,
    askFor: (label) => `${label}讲什么？`,
    reasons: {
      'no-evidence': '文件没有说明这一点，因此不作回答。',
      'off-topic': '这个问题与所收录的文件无关，因此不作回答。',
      'no-such-paragraph': '文件中没有您所指的这一部分、项或段落。',
      'unsupported-claim': '没有能在原文中核实的回答，因此不作回答。',
    },
    nearby: '内容相近的段落（并非对问题的回答）：',
    sources: '原文出处：',
    degraded: {
      'model-timeout': '（模型超时，以下为原文摘录）',
      'model-error': '（模型暂不可用，以下为原文摘录）',
      'model-unusable-output': '（模型输出无法核实，以下为原文摘录）',
      'model-resting': '（模型暂停使用，以下为原文摘录）',
      'model-spent': '（模型今日用量已满，以下为原文摘录）',
    },
  },
  'zh-Hant': {
    leadIn: (label) => `${label}寫道：`,
    askFor: (label) => `${label}講什麼？`,
    reasons: {
      'no-evidence': '文件沒有說明這一點，因此不作回答。',
      'off-topic': '這個問題與所收錄的文件無關，因此不作回答。',
      'no-such-paragraph': '文件中沒有您所指的這一部分、項或段落。',
      'unsupported-claim': '沒有能在原文中核實的回答，因此不作回答。',
    },
    nearby: '內容相近的段落（並非對問題的回答）：',
    sources: '原文出處：',
    degraded: {
      'model-timeout': '（模型逾時，以下為原文摘錄）',
      'model-error': '（模型暫不可用，以下為原文摘錄）',
      'model-unusable-output': '（模型輸出無法核實，以下為原文摘錄）',
      'model-resting': '（模型暫停使用，以下為原文摘錄）',
      'model-spent': '（模型今日用量已滿，以下為原文摘錄）',
    },
  },
  en: {
    leadIn: (label) => `${label} says: `,
    askFor: (label) => `What does ${withArticle(label)} say?`,
    reasons: {
      'no-evidence': 'The document does not say this, so there is no answer to give.',
      'off-topic': 'This question is not about the documents held here, so it is not answered.',
      'no-such-paragraph': 'The document has no such part, item or paragraph.',
      'unsupported-claim': 'No answer could be verified against the text, so none is given.',
    },
    nearby: 'Nearby paragraphs (not an answer):',
    sources: 'Sources:',
    degraded: {
      'model-timeout': '(the model timed out; extract from the text) ',
      'model-error': '(the model is unavailable; extract from the text) ',
      'model-unusable-output': '(the model’s output could not be verified; extract from the text) ',
      'model-resting': '(the model is taking a pause; extract from the text) ',
      'model-spent': '(the model’s share for today is used up; extract from the text) ',
    },
  },
  ru: {
    leadIn: (label) => `${label} гласит: `,
    askFor: (label) => `О чём ${label.charAt(0).toLowerCase()}${label.slice(1)}?`,
    reasons: {
      'no-evidence': 'В документе об этом не сказано, поэтому ответа нет.',
      'off-topic': 'Этот вопрос не относится к имеющимся документам, поэтому ответа нет.',
      'no-such-paragraph': 'В документе нет такой части, пункта или абзаца.',
      'unsupported-claim': 'Ответ не удалось подтвердить текстом, поэтому он не приводится.',
    },
    nearby: 'Близкие по содержанию абзацы (не ответ):',
    sources: 'Источники:',
    degraded: {
      'model-timeout': '(модель не ответила вовремя; приводится выдержка) ',
      'model-error': '(модель недоступна; приводится выдержка) ',
      'model-unusable-output': '(вывод модели не подтверждён; приводится выдержка) ',
      'model-resting': '(модель временно приостановлена; приводится выдержка) ',
      'model-spent': '(дневной лимит модели исчерпан; приводится выдержка) ',
    },
  },
  kk: {
    leadIn: (label) => `${label} мәтінінде: `,
    askFor: (label) => `${inLocative(label)} не айтылған?`,
    reasons: {
      'no-evidence': 'Құжатта бұл туралы айтылмаған, сондықтан жауап берілмейді.',
      'off-topic': 'Бұл сұрақ осындағы құжаттарға қатысты емес, сондықтан жауап берілмейді.',
      'no-such-paragraph': 'Құжатта мұндай бөлім, тармақ немесе абзац жоқ.',
      'unsupported-claim': 'Жауапты мәтінмен растау мүмкін болмады, сондықтан ол берілмейді.',
    },
    nearby: 'Мазмұны жақын абзацтар (жауап емес):',
    sources: 'Дереккөздер:',
    degraded: {
      'model-timeout': '(модель уақытында жауап бермеді; мәтіннен үзінді) ',
      'model-error': '(модель қолжетімсіз; мәтіннен үзінді) ',
      'model-unusable-output': '(модель жауабы расталмады; мәтіннен үзінді) ',
      'model-resting': '(модель уақытша тоқтатылды; мәтіннен үзінді) ',
      'model-spent': '(модельдің күндік шегі таусылды; мәтіннен үзінді) ',
    },
  },
};

export const phrasesIn = (language: Language): Phrases => PHRASES[language];

/** Quotation marks that do not occur in the quote, so that a reader sees where it ends: “…”, else 「…」, else «…». */
export function inQuotationMarks(quote: string): string {
  const pairs: [string, string][] = [
    ['“', '”'],
    ['「', '」'],
    ['«', '»'],
  ];
  const [open, close] = pairs.find(([left, right]) => !quote.includes(left) && !quote.includes(right)) ?? ['“', '”'];
  return `${open}${quote}${close}`;
}
