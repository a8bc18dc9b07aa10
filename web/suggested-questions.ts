import type { Language } from '../server/wire.ts';

/** First questions for documents we know. A page offers its own with `data-suggestions="…|…"`; others get none. */
const KNOWN_DOCUMENTS: Record<string, Record<Language, string[]>> = {
  'china-kazakhstan-joint-statement-2019': {
    'zh-Hans': ['双方在能源领域有哪些合作？', '霍尔果斯国际边境合作中心怎么运营？', '声明用哪几种文字写成？'],
    'zh-Hant': ['雙方在能源領域有哪些合作？', '霍爾果斯國際邊境合作中心怎麼運營？', '聲明用哪幾種文字寫成？'],
    en: [
      'How will the two sides cooperate on energy?',
      'How is the Khorgos cooperation centre to be run?',
      'In which languages was the statement written?',
    ],
    ru: ['Как стороны будут сотрудничать в энергетике?', 'Что сказано о центре «Хоргос»?', 'На каких языках составлено заявление?'],
    kk: ['Тараптар энергетика саласында қалай ынтымақтасады?', '«Қорғас» орталығы туралы не айтылған?', 'Мәлімдеме қай тілдерде жазылған?'],
  },
};

export function suggestQuestions(attribute: string | null, documentId: string | null, language: Language): string[] {
  if (attribute !== null) {
    const questions = attribute.split('|').map((question) => question.trim());
    return questions.filter((question) => question !== '');
  }
  return KNOWN_DOCUMENTS[documentId ?? '']?.[language] ?? [];
}
