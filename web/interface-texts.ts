import type { Language } from '../server/wire.ts';

/** Every sentence the widget itself says. Answers and quotes are the server's and the document's. */
export type InterfaceTexts = {
  launcher: string;
  title: string;
  introduction: string;
  suggestions: string;
  conversation: string;
  questionLabel: string;
  questionPlaceholder: string;
  tooLong: (excess: number) => string;
  send: string;
  stop: string;
  close: string;
  youAsked: string;
  searching: string;
  sources: string;
  sourceName: (marker: number, label: string) => string;
  newTab: string;
  nearby: string;
  extract: string;
  generated: (model: string) => string;
  degraded: string;
  stopped: string;
  answerReady: (sources: number) => string;
  retry: string;
  failedNetwork: string;
  failedRateLimit: (seconds: number | undefined) => string;
  failedNotReady: string;
  failedRefused: string;
  failedServer: string;
};

const SIMPLIFIED: InterfaceTexts = {
  launcher: '向文件提问',
  title: '有据 · 文件问答',
  introduction: '请就文件内容提问。回答的每一句都附有原文出处，可点击核对；文件没有写的，不作回答。',
  suggestions: '可以这样问',
  conversation: '问答记录',
  questionLabel: '你的问题',
  questionPlaceholder: '请输入问题',
  tooLong: (excess) => `超出 ${excess} 字，请缩短问题。`,
  send: '发送',
  stop: '停止回答',
  close: '关闭',
  youAsked: '你的提问：',
  searching: '正在查找原文…',
  sources: '原文出处',
  sourceName: (marker, label) => `出处 ${marker}：${label}`,
  newTab: '（在新标签页打开）',
  nearby: '相关段落（仅供查阅，不是回答）',
  extract: '原文摘录',
  generated: (model) => `AI 生成 · ${model}`,
  degraded: 'AI 暂时不可用，以下为原文摘录。',
  stopped: '已停止，回答不完整。',
  answerReady: (sources) => `已回答，共 ${sources} 处出处。`,
  retry: '重试',
  failedNetwork: '连接中断，未能取得完整回答。请检查网络后重试。',
  failedRateLimit: (seconds) => (seconds ? `提问过于频繁，请在 ${seconds} 秒后重试。` : '提问过于频繁，请稍后重试。'),
  failedNotReady: '服务正在准备，请稍后重试。',
  failedRefused: '这个问题无法处理，请修改后再问。',
  failedServer: '服务出错，请重试。',
};

const TRADITIONAL: InterfaceTexts = {
  launcher: '向文件提問',
  title: '有據 · 文件問答',
  introduction: '請就文件內容提問。回答的每一句都附有原文出處，可點擊核對；文件沒有寫的，不作回答。',
  suggestions: '可以這樣問',
  conversation: '問答記錄',
  questionLabel: '你的問題',
  questionPlaceholder: '請輸入問題',
  tooLong: (excess) => `超出 ${excess} 字，請縮短問題。`,
  send: '傳送',
  stop: '停止回答',
  close: '關閉',
  youAsked: '你的提問：',
  searching: '正在查找原文…',
  sources: '原文出處',
  sourceName: (marker, label) => `出處 ${marker}：${label}`,
  newTab: '（在新分頁開啟）',
  nearby: '相關段落（僅供查閱，不是回答）',
  extract: '原文摘錄',
  generated: (model) => `AI 生成 · ${model}`,
  degraded: 'AI 暫時無法使用，以下為原文摘錄。',
  stopped: '已停止，回答不完整。',
  answerReady: (sources) => `已回答，共 ${sources} 處出處。`,
  retry: '重試',
  failedNetwork: '連線中斷，未能取得完整回答。請檢查網路後重試。',
  failedRateLimit: (seconds) => (seconds ? `提問過於頻繁，請在 ${seconds} 秒後重試。` : '提問過於頻繁，請稍後重試。'),
  failedNotReady: '服務正在準備，請稍後重試。',
  failedRefused: '這個問題無法處理，請修改後再問。',
  failedServer: '服務出錯，請重試。',
};

const ENGLISH: InterfaceTexts = {
  launcher: 'Ask the document',
  title: 'Youju · Ask the document',
  introduction:
    'Ask about the document. Every sentence of an answer cites the original text, one click away; what the document does not say is not answered.',
  suggestions: 'For example',
  conversation: 'Questions and answers',
  questionLabel: 'Your question',
  questionPlaceholder: 'Type a question',
  tooLong: (excess) => `Too long by ${excess} characters. Please shorten the question.`,
  send: 'Send',
  stop: 'Stop answering',
  close: 'Close',
  youAsked: 'You asked: ',
  searching: 'Looking it up in the text…',
  sources: 'Sources',
  sourceName: (marker, label) => `Source ${marker}: ${label}`,
  newTab: ' (opens in a new tab)',
  nearby: 'Related places (not an answer)',
  extract: 'Extract of the original',
  generated: (model) => `AI-generated · ${model}`,
  degraded: 'The AI model is unavailable; this is an extract of the original instead.',
  stopped: 'Stopped. The answer is incomplete.',
  answerReady: (sources) => `Answered. Sources: ${sources}.`,
  retry: 'Try again',
  failedNetwork: 'The connection broke before the whole answer arrived. Check your network and try again.',
  failedRateLimit: (seconds) =>
    seconds ? `Too many questions. Try again in ${seconds} s.` : 'Too many questions. Try again a little later.',
  failedNotReady: 'The service is getting ready. Try again in a moment.',
  failedRefused: 'This question cannot be processed. Please rephrase it.',
  failedServer: 'The service had a fault. Please try again.',
};

const RUSSIAN: InterfaceTexts = {
  launcher: 'Спросить документ',
  title: 'Youju · Вопросы к документу',
  introduction:
    'Задайте вопрос о документе. Каждое предложение ответа снабжено ссылкой на подлинный текст; о чём документ не говорит, на то ответа не будет.',
  suggestions: 'Например',
  conversation: 'Вопросы и ответы',
  questionLabel: 'Ваш вопрос',
  questionPlaceholder: 'Введите вопрос',
  tooLong: (excess) => `Лишних знаков: ${excess}. Сократите вопрос.`,
  send: 'Отправить',
  stop: 'Остановить',
  close: 'Закрыть',
  youAsked: 'Ваш вопрос: ',
  searching: 'Ищем в тексте…',
  sources: 'Источники',
  sourceName: (marker, label) => `Источник ${marker}: ${label}`,
  newTab: ' (откроется в новой вкладке)',
  nearby: 'Близкие места (это не ответ)',
  extract: 'Выдержка из подлинника',
  generated: (model) => `Создано ИИ · ${model}`,
  degraded: 'ИИ сейчас недоступен; вместо него — выдержка из подлинника.',
  stopped: 'Остановлено. Ответ неполный.',
  answerReady: (sources) => `Ответ готов. Источников: ${sources}.`,
  retry: 'Повторить',
  failedNetwork: 'Связь прервалась, ответ получен не полностью. Проверьте сеть и повторите.',
  failedRateLimit: (seconds) =>
    seconds ? `Слишком много вопросов. Повторите через ${seconds} с.` : 'Слишком много вопросов. Повторите немного позже.',
  failedNotReady: 'Служба запускается. Повторите чуть позже.',
  failedRefused: 'Этот вопрос нельзя обработать. Измените его.',
  failedServer: 'В службе произошла ошибка. Повторите.',
};

const KAZAKH: InterfaceTexts = {
  launcher: 'Құжаттан сұрау',
  title: 'Youju · Құжат бойынша сұрақтар',
  introduction:
    'Құжат туралы сұрақ қойыңыз. Жауаптың әр сөйлемі түпнұсқа мәтінге сілтеме береді; құжатта айтылмаған нәрсеге жауап берілмейді.',
  suggestions: 'Мысалы',
  conversation: 'Сұрақтар мен жауаптар',
  questionLabel: 'Сұрағыңыз',
  questionPlaceholder: 'Сұрақ жазыңыз',
  tooLong: (excess) => `Артық таңба саны: ${excess}. Сұрақты қысқартыңыз.`,
  send: 'Жіберу',
  stop: 'Тоқтату',
  close: 'Жабу',
  youAsked: 'Сіздің сұрағыңыз: ',
  searching: 'Мәтіннен ізделуде…',
  sources: 'Дереккөздер',
  sourceName: (marker, label) => `${marker}-дереккөз: ${label}`,
  newTab: ' (жаңа қойындыда ашылады)',
  nearby: 'Жақын тұстар (бұл жауап емес)',
  extract: 'Түпнұсқадан үзінді',
  generated: (model) => `ЖИ жасаған · ${model}`,
  degraded: 'ЖИ қазір қолжетімсіз; оның орнына түпнұсқадан үзінді берілді.',
  stopped: 'Тоқтатылды. Жауап толық емес.',
  answerReady: (sources) => `Жауап дайын. Дереккөздер саны: ${sources}.`,
  retry: 'Қайталау',
  failedNetwork: 'Байланыс үзілді, жауап толық келмеді. Желіні тексеріп, қайталаңыз.',
  failedRateLimit: (seconds) =>
    seconds ? `Сұрақтар тым көп. ${seconds} секундтан кейін қайталаңыз.` : 'Сұрақтар тым көп. Сәл кейінірек қайталаңыз.',
  failedNotReady: 'Қызмет іске қосылуда. Сәл кейінірек қайталаңыз.',
  failedRefused: 'Бұл сұрақты өңдеу мүмкін емес. Оны өзгертіп көріңіз.',
  failedServer: 'Қызметте қате болды. Қайталаңыз.',
};

export const INTERFACE_TEXTS: Record<Language, InterfaceTexts> = {
  'zh-Hans': SIMPLIFIED,
  'zh-Hant': TRADITIONAL,
  en: ENGLISH,
  ru: RUSSIAN,
  kk: KAZAKH,
};
