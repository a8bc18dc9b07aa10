/** Words that hold a character of denial and deny nothing. */
const NO_DENIAL =
  /不断|不仅|不但|不只|不光|不同(?!第)|不可分割|不可或缺|不少|不久|不论|不管|不过|不得不|不懈|不变|不平|不安|不良|不足|不定期|不例行|不扩散|了不起|差不多|用不完|无论|无数|未来|非常|非洲|非法|非政府|特别|区别|分别|个别|级别|性别|国别|类别|识别|是否|能否|与否|莫斯科|没收|并非只/gu;
const DENIAL = '不|没有|没|未|无|勿|莫|毋|别|非';
const MODAL = '会|应当|应该|应|能够|能|得|可以|可|将|再|愿|想|要|曾|必|须|许|准|该|是';
/** A denied word: its first two characters, behind the words that only say how it is denied. */
const DENIED = new RegExp(`(?:${DENIAL})(?:${MODAL}){0,2}(\\p{Script=Han}{2})`, 'gu');
const ENDS_DENIED = new RegExp(`(?:${DENIAL})(?:${MODAL}){0,2}$`, 'u');
/** Longer than any denial with what stands between it and the word. */
const LONGEST_LEAD = 8;

const OPPOSING = {
  chinese: /反[对對腐恐]|拒绝|禁止|抵制|谴责|停止|退出|取消|打击|应对|防范/u,
  alphabetic:
    /(?<!\p{L})(?:oppos(?:e|es|ed|ing|ition)|reject(?:s|ed|ing)?|refus(?:e|es|ed|ing|al)|condemn\p{Ll}{0,5}|forbid\p{Ll}{0,4}|prohibit\p{Ll}{0,5}|против|отверга\p{Ll}{0,6}|отказ\p{Ll}{0,6}|осужда\p{Ll}{0,4}|запре[щт]\p{Ll}{0,6}|қарсы|бас тарт\p{Ll}{0,6}|тыйым)(?!\p{L})/u,
};
/** What a sentence that only supports something must not rest on alone. */
const REFUSING = /反对|拒绝|禁止|抵制|谴责/u;
const SUPPORTING = {
  chinese: /支持|赞成|拥护|赞同|同意|允许/u,
  alphabetic: /(?<!\p{L})(?:support|endors|welcom|allow|permit|agree|поддерж|одобр|разреш|согла[сш]|қолда|рұқсат|келіс)/u,
};
const ALPHABETIC_DENIAL =
  /(?<!\p{L})(?:not|no|never|neither|nor|none|nobody|nothing|without|cannot|не|ни|нет|без|никогда|никто|ничего|нельзя|емес|жоқ|ешқандай|ешкім|ешқашан)(?!\p{L})|n['’]t(?!\p{L})|\p{Script=Cyrillic}{2}[мбп][ае]й(?:ды|ді|тын|тін|мыз|міз)(?!\p{L})/u;
const IDLE_DENIAL = /(?<!\p{L})(?:not only|no doubt|no less|no later than|не только|не менее|не позднее)(?!\p{L})/gu;

/** Two denials in a row undo each other, or are no Chinese. */
const TWICE_DENIED = /(?:不|从?未|没有?|无){2}/u;

const HAN = /\p{Script=Han}/u;
const CLAUSE = /[，。；！？,.;!?\n]+/u;

const deniesInChinese = (text: string) => new RegExp(DENIAL, 'u').test(text.replace(NO_DENIAL, '〓'));
const deniesInLetters = (text: string) => ALPHABETIC_DENIAL.test(text.replace(IDLE_DENIAL, ' '));
const opposes = (text: string) => OPPOSING.chinese.test(text) || OPPOSING.alphabetic.test(text);
const supports = (text: string) => SUPPORTING.chinese.test(text) || SUPPORTING.alphabetic.test(text);
const denies = (text: string) => deniesInChinese(text) || deniesInLetters(text);

const deniedWords = (text: string) => new Set([...text.replace(NO_DENIAL, '〓').matchAll(DENIED)].map(([, word = '']) => word));

/** How a word stands in a Chinese text: denied somewhere, affirmed somewhere. */
function standing(word: string, text: string): { denied: boolean; affirmed: boolean } {
  const result = { denied: false, affirmed: false };
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (ENDS_DENIED.test(text.slice(Math.max(0, at - LONGEST_LEAD), at))) result.denied = true;
    else result.affirmed = true;
  }
  return result;
}

/**
 * Whether a sentence denies what the evidence denies, and nothing else; both normalised. In Chinese that is told word by word: one
 * that is denied in the one and only affirmed in the other turns the meaning round. Across languages it is told of the whole:
 * a denial needs one in the evidence, and where every clause of the evidence denies, so must the sentence.
 */
export function negationsAreCited(stated: string, evidence: string): boolean {
  const statedDenies = denies(stated);
  const statedOpposes = opposes(stated);
  if (statedDenies && !denies(evidence) && !opposes(evidence)) return false;
  if (statedOpposes && !opposes(evidence) && !denies(evidence)) return false;
  if (supports(stated) && !statedOpposes && !supports(evidence) && REFUSING.test(evidence)) return false;
  if (TWICE_DENIED.test(stated.replace(NO_DENIAL, '〓')) && !TWICE_DENIED.test(evidence)) return false;
  if (HAN.test(stated) && turnsRound(stated, evidence)) return false;
  const clauses = evidence.split(CLAUSE).filter((clause) => clause.trim() !== '');
  return statedDenies || statedOpposes || clauses.length === 0 || !clauses.every(denies);
}

function turnsRound(stated: string, evidence: string): boolean {
  const turned = (word: string, text: string, isDenied: boolean) => {
    const { denied, affirmed } = standing(word, text);
    return isDenied ? affirmed && !denied : denied && !affirmed;
  };
  return (
    [...deniedWords(stated)].some((word) => turned(word, evidence, true)) ||
    // What the evidence denies and the sentence only affirms.
    [...deniedWords(evidence)].some((word) => {
      const { denied, affirmed } = standing(word, stated);
      return affirmed && !denied && turned(word, evidence, false);
    })
  );
}
