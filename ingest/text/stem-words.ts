import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';

export type AlphabeticLanguage = 'en' | 'ru' | 'kk';

/** Many type Kazakh on a Russian keyboard: қ as к, ү as у. Words are stemmed and compared without the difference. */
const RUSSIAN_KEYS = new Map(Object.entries({ ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и' }));
export const onRussianKeys = (word: string): string => word.replace(/[әғқңөұүһі]/gu, (letter) => RUSSIAN_KEYS.get(letter) ?? letter);

/**
 * Kazakh endings: plural, possessive, case and personal suffixes with their vowel-harmony variants (Kazakh is agglutinative;
 * npm has no stemmer for it). The longest that fits is taken off first.
 */
const KAZAKH_SUFFIXES = [
  ...new Set(
    onRussianKeys(
      `ларының лерінің дарының дерінің тарының терінің ларында лерінде дарында дерінде тарында терінде лардың лердің
      дардың дердің тардың тердің ларын лерін дарын дерін тарын терін ларды лерді ларға лерге дарға дерге тарға
      терге ындағы індегі сының сінің сында сінде ының інің ында інде ынан інен сына сіне сымен сімен ымен імен лары
      лері дары дері тары тері дағы дегі тағы тегі лар лер дар дер тар тер ның нің дың дің тың тің мен бен пен нан
      нен дан ден тан тен ына іне сын сін сы сі ын ін ға ге қа ке на не ны ні ды ді ты ті да де та те ы і`,
    ).split(/\s+/),
  ),
].toSorted((a, b) => b.length - a.length);

/** A stem-final consonant voices before a vowel suffix (тармақ → тармағы); the dictionary form is the voiceless one. */
const VOICELESS = new Map([
  ['г', 'к'],
  ['б', 'п'],
]);

const SHORTEST_KAZAKH_STEM = 3;

function stemKazakh(word: string): string {
  let stem = onRussianKeys(word);
  for (let round = 0; round < 2; round++) {
    const suffix = KAZAKH_SUFFIXES.find((ending) => stem.endsWith(ending) && stem.length - ending.length >= SHORTEST_KAZAKH_STEM);
    if (suffix === undefined) break;
    stem = stem.slice(0, -suffix.length);
  }
  const last = stem.at(-1) ?? '';
  return VOICELESS.has(last) ? stem.slice(0, -1) + VOICELESS.get(last) : stem;
}

/** Longest word given to the stemmers: their regular expressions are linear, but no word needs more. */
const LONGEST_WORD = 40;

/** The dictionary has 40,000 different words in 300,000 places: remembering their stems halves an ingest. */
const MOST_REMEMBERED = 60_000;
const remembered: Record<AlphabeticLanguage, Map<string, string>> = { en: new Map(), ru: new Map(), kk: new Map() };

/** The stem of a lower-case word: Snowball for English and Russian, suffix stripping for Kazakh. */
export function stemWord(word: string, language: AlphabeticLanguage): string {
  const stems = remembered[language];
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = findStem(word, language);
  if (stems.size >= MOST_REMEMBERED) stems.clear();
  stems.set(word, stem);
  return stem;
}

function findStem(word: string, language: AlphabeticLanguage): string {
  if (word.length > LONGEST_WORD || /\d/.test(word)) return word;
  if (language === 'kk') return stemKazakh(word);
  return language === 'ru' ? stemRussian(word) : stemEnglish(word);
}

/** English, Russian and Kazakh words that carry no content: left out of glosses, names and questions alike. */
const STOPWORDS: Record<AlphabeticLanguage, ReadonlySet<string>> = {
  en: new Set(
    `re ll ve don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn can cannot a an the of in on at to for from by with without within into onto over under between among about as and or but nor not no so if than then
    that this these those there here it its he she they them his her their we us our you your i me my is are was were be been being am do does did done
    have has had having will would shall should can could may might must also any some such own same other another each every both all more most very just only
    who whom whose which what when where why how please tell know say says said mention mentioned mentions according regarding concerning s t etc sth sb one like want wants wanted would whether kind kinds list name give given get got let make made put show shown see find explain describe called there's anything something everything nothing someone anyone really actually exactly specific specifically particular many much few several lot lots thing things way ways again too even still yet ever never back up down out off via per also both either neither named called supposed true well doing dose hi hello hey e g eg ie ok okay kindly curious wonder wondering however therefore because while during before after since until`.split(
      /\s+/,
    ),
  ),
  ru: new Set(
    `и в во на с со о об обо от до из у к ко по за при для без под над между через про не ни но а или ли же бы то что чтобы как так это этот эта эти этого этой этих
    том тот та те того той тех кто чего чему чем кого кому какой какая какое какие каких каком какую каким какими который которая которое которые которых котором
    где когда куда откуда почему зачем сколько есть был была было были будет будут быть является являются ещё еще уже только также тоже их его её ее им ими нём них он она они мы вы я
    себя свой своя свои своих все всё всех весь вся можно нужно ли пожалуйста скажите расскажите говорится сказано согласно относительно подскажите объясните интересно хочу хотел хотела хотелось узнать знать там тут здесь насчет че чё ну вот даже очень более менее самый самая самое друг другу друга между собой какой-то какие-то как-то что-то кто-то будто ведь разве именно конкретно вообще случае виде числе целом имеется имеют идет речь упоминается упоминаются указано указаны отмечается пишут пишется написано планируют планируется собираются намерены станет стали упомянута упомянуто упомянут упомянуты упоминание каждом каждой каждый каждая месте местах дословно назовите стороны сторон сторона обе обеих двух две два страны стран странам странами`.split(
      /\s+/,
    ),
  ),
  kk: new Set(
    `және мен бен пен да де та те немесе бірақ не ма ме ба бе па пе ше ғой үшін туралы жайлы жөнінде бойынша арқылы дейін кейін бұл осы ол сол олар оның олардың біз сіз мен
    қандай қай қайда қашан кім кімдер неге қалай қанша неше қайсы бар жоқ болды болып болған болады еді екен деп деген дейді айтылған айтылады айтылғанын айтыла айтыңыз өтінемін бір барлық өз өзінің жайында аясында шеңберінде екі ел елдің елге елдер елдердің тараптар тарап тараптардың беріңіз беріңізші көрсетіңіз көрсетіңізші түсіндіріңіз бірдеңе нәрсе қатысты байланысты сондай мұндай ондай тек қана енді әлі де-ма бола алады болар еткен етеді ету жасау жасайды жүргізу жүргізеді береді берді керек қажет мүмкін әрі яғни сәйкес анау мынау өздерінің қалайша делінген айтып түгел тізіп нені кімдермен`.split(
      /\s+/,
    ),
  ),
};

/** Russian and Kazakh mix in one question, so the stopwords of both count in either. */
const isStopword = (word: string, language: AlphabeticLanguage) =>
  language === 'en' ? STOPWORDS.en.has(word) : STOPWORDS.ru.has(word) || STOPWORDS.kk.has(word);

/** The words of a language that say nothing by themselves. */
export const stopwordsOf = (language: AlphabeticLanguage): ReadonlySet<string> => STOPWORDS[language];

export type AlphabeticWord = { surface: string; stem: string };

/** The content words of a normalised text in an alphabetic script, in reading order. */
export function contentWords(text: string, language: AlphabeticLanguage): AlphabeticWord[] {
  const words: AlphabeticWord[] = [];
  for (const [match] of text.matchAll(/[\p{Script=Latin}\p{Script=Cyrillic}\d][\p{Script=Latin}\p{Script=Cyrillic}\p{M}\d'’-]*/gu)) {
    for (const surface of match.replace(/['’]s?$/u, '').split(/['’-]/u)) {
      if (surface !== '' && !isStopword(surface, language)) words.push({ surface, stem: stemWord(surface, language) });
    }
  }
  return words;
}
