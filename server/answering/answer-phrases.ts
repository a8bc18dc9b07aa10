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
  /** Asks a document what is asked, or to be summed up; `document` as `nameInQuestion` has it. */
  askOf: (label: string, document: string) => string;
  askInstead: (question: string, document: string) => string;
  whatAbout: (document: string) => string;
  summarise: (document: string) => string;
  /** Behind a quote: other documents, with markers, that say the same. */
  alsoIn: (documents: string[]) => string;
  /** Which documents an asker may mean, of how many; which years there are; what does not say it. */
  documentsThere: (documents: string[], count: number) => string;
  yearsThere: (years: string[]) => string;
  silent: (documents: string[]) => string;
  noneOf: (years: string[]) => string;
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
      'no-such-document': '所问的文件中没有您指的这一份。',
      'which-document': '收录的文件不止一份，请说明您问的是哪一份。',
      'unsupported-claim': '没有能在原文中核实的回答，因此不作回答。',
    },
    nearby: '内容相近的段落（并非对问题的回答）：',
    askOf: (label, document) => `${document}${label}讲什么？`,
    askInstead: (question, document) => `${document}，${question}`,
    whatAbout: (document) => `${document}呢？`,
    summarise: (document) => `概括${document}`,
    alsoIn: (documents) => `（另见相同表述：${documents.join('、')}）`,
    documentsThere: (documents, count) => `${documents.join('、')}${count > documents.length ? `等${count}份` : ''}。`,
    yearsThere: (years) => `所收录的最近年份：${years.join('、')}。`,
    silent: (documents) => `（未见有关表述：${documents.join('、')}）\n`,
    noneOf: (years) => `（没有${years.join('、')}年的文件）\n`,
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
      'no-such-document': '所問的文件中沒有您指的這一份。',
      'which-document': '收錄的文件不止一份，請說明您問的是哪一份。',
      'unsupported-claim': '沒有能在原文中核實的回答，因此不作回答。',
    },
    nearby: '內容相近的段落（並非對問題的回答）：',
    askOf: (label, document) => `${document}${label}講什麼？`,
    askInstead: (question, document) => `${document}，${question}`,
    whatAbout: (document) => `${document}呢？`,
    summarise: (document) => `概括${document}`,
    alsoIn: (documents) => `（另見相同表述：${documents.join('、')}）`,
    documentsThere: (documents, count) => `${documents.join('、')}${count > documents.length ? `等${count}份` : ''}。`,
    yearsThere: (years) => `所收錄的最近年份：${years.join('、')}。`,
    silent: (documents) => `（未見有關表述：${documents.join('、')}）\n`,
    noneOf: (years) => `（沒有${years.join('、')}年的文件）\n`,
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
      'no-such-document': 'None of the documents asked is the one you name.',
      'which-document': 'There is more than one document. Please say which one you mean.',
      'unsupported-claim': 'No answer could be verified against the text, so none is given.',
    },
    nearby: 'Nearby paragraphs (not an answer):',
    askOf: (label, document) => `What does ${withArticle(label)} of ${document} say?`,
    askInstead: (question, document) => `${question} (${document})`,
    whatAbout: (document) => `What about ${document}?`,
    summarise: (document) => `Summarise ${document}`,
    alsoIn: (documents) => ` (the same words also in: ${documents.join(', ')})`,
    documentsThere: (documents, count) => `${documents.join(', ')}${count > documents.length ? ` – ${count} in all` : ''}.`,
    yearsThere: (years) => `The nearest years held: ${years.join(', ')}.`,
    silent: (documents) => `(nothing on this in: ${documents.join(', ')})\n`,
    noneOf: (years) => `(there is no document of ${years.join(', ')})\n`,
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
      'no-such-document': 'Среди запрошенных документов нет того, который вы называете.',
      'which-document': 'Документов несколько. Уточните, пожалуйста, о каком идёт речь.',
      'unsupported-claim': 'Ответ не удалось подтвердить текстом, поэтому он не приводится.',
    },
    nearby: 'Близкие по содержанию абзацы (не ответ):',
    askOf: (label, document) => `О чём ${label.charAt(0).toLowerCase()}${label.slice(1)} ${document}?`,
    askInstead: (question, document) => `${question} (из ${document})`,
    whatAbout: (document) => `Как насчёт ${document}?`,
    summarise: (document) => `Краткое содержание ${document}`,
    alsoIn: (documents) => ` (то же сказано: ${documents.join(', ')})`,
    documentsThere: (documents, count) => `${documents.join(', ')}${count > documents.length ? ` – всего ${count}` : ''}.`,
    yearsThere: (years) => `Ближайшие годы: ${years.join(', ')}.`,
    silent: (documents) => `(об этом не сказано: ${documents.join(', ')})\n`,
    noneOf: (years) => `(документов этих лет нет: ${years.join(', ')})\n`,
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
      'no-such-document': 'Сұралған құжаттардың ішінде сіз атаған құжат жоқ.',
      'which-document': 'Құжат біреу емес. Қайсысы туралы сұрап тұрғаныңызды нақтылаңыз.',
      'unsupported-claim': 'Жауапты мәтінмен растау мүмкін болмады, сондықтан ол берілмейді.',
    },
    nearby: 'Мазмұны жақын абзацтар (жауап емес):',
    askOf: (label, document) => `${document}: ${inLocative(label)} не айтылған?`,
    askInstead: (question, document) => `${question} (${document})`,
    whatAbout: (document) => `Ал ${document} ше?`,
    summarise: (document) => `Қысқаша мазмұны: ${document}`,
    alsoIn: (documents) => ` (дәл осы сөздер: ${documents.join(', ')})`,
    documentsThere: (documents, count) => `${documents.join(', ')}${count > documents.length ? ` – барлығы ${count}` : ''}.`,
    yearsThere: (years) => `Ең жақын жылдар: ${years.join(', ')}.`,
    silent: (documents) => `(бұл туралы айтылмаған: ${documents.join(', ')})\n`,
    noneOf: (years) => `(бұл жылдардың құжаты жоқ: ${years.join(', ')})\n`,
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
