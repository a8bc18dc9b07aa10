/** What kind of thing a question wants named; it decides what a sentence must contain to answer. */
export type AnswerKind = 'date' | 'count' | 'quantity' | 'duration' | 'place' | 'actor' | 'person' | 'organisation' | 'names' | 'reason';

/** Patterns by the script whose letters each of their alternatives needs: those of the scripts that a question lacks need not be tried. */
type ByScript = Record<Script, RegExp>;
type Script = keyof typeof SCRIPTS;
const SCRIPTS = { han: /\p{Script=Han}/u, latin: /[a-z]/u, cyrillic: /\p{Script=Cyrillic}/u };
const SCRIPT_NAMES = ['han', 'latin', 'cyrillic'] as const satisfies readonly Script[];

/**
 * How questions ask for each kind, over a normalised question (lower case, half width, simplified, numerals as digits). The list is by
 * interrogative, as grammars give them, not by subject.
 */
const ASKED_BY: Record<AnswerKind, ByScript> = {
  date: {
    han: /什么时候|什么时间|何时|几时|哪[一1]?[年天月日季](?!度?的?[建条]|的(?:[一1]?份)?(?:联合)?(?:声明|宣言|公报|文件))|(?<![好十])几[年月号日](?!来)|哪几天|几月几[日号]|日期|截止(?:日期|时间)|期限是|(?<![这那第])几点(?=开|关|到|出|起|[钟?？])/u,
    latin:
      /(?:^|[,.] ?|and |so )when (?=is|are|was|were|will|did|does|do|has|have|can|should|exactly|the)|\b(?:since|by|until|till) when\b|\b(?:what|which|on what|on which) (?:dates?|year|day|month)s?\b(?!(?:['’]s?)? (?:joint )?(?:statement|declaration|communiqu|document))|\bthe deadline\b/u,
    cyrillic:
      /(?<!\p{L})когда(?!\p{L})|в каком (?:году|месяце)|какого числа|какие числа|как(?:ая|ой|ую) (?:дат\p{L}+|срок\p{L}*)|(?<!\p{L})қашан|қай (?:жыл|күн|ай)\p{L}*|мерзім\p{L}*/u,
  },
  count: {
    han: /(?:有|共|是|分|列|含|达|哪|到了?|括|成|^)几(?:个|项|份|次|条|家|名|列|人)|(?<![那这好十上])几(?:种|类)|多少(?:个|项|种|类|条|份)/u,
    latin: /\bhow many (?:kinds|types|areas|fields|items|parts|languages|copies|points)\b/u,
    cyrillic:
      /сколько (?:\p{L}+ ){0,1}(?:вид|област|направлени|пункт|част|язык|экземпляр)\p{L}*|(?:қанша|неше) (?:тіл|бөлім|тармақ|сала|түр|дана)\p{L}*/u,
  },
  quantity: {
    han: /多少(?!周?年|个|天|项|种|类|条|份)|(?<![那这好十上哪])几(?:亿|万|成|吨|公?尺|公?里|米|元|美元|倍|层|岁|度)|(?:规模|面积|容量|金额)有?多[大少]|(?:金额|价格|费用|预算|比例|百分比|人数|得票率|票数|数额|总额|造价)是?(?:多少|几|什么|怎|[?？]|$)/u,
    latin:
      /\bhow (?:many (?!kinds|types|areas|fields|items|parts|languages|copies|points|years|months|days)|much\b)|\bhow (?:large|big|long is|far is|fast|high)\b|\b(?:what|which|by what|at what) (?:is the |was the |are the |were the )?(?:exact |total |annual |current |[a-z]+ )?(?:percentage|turnover|percent|amount|number|share|margin|price|cost|budget|sum|volume|capacity|length|rate|fee|size|turnout)\b/u,
    cyrillic:
      /(?<!\p{L})сколько(?! (?:лет|месяц|дней|\p{L}* ?(?:вид|област|направлени|пункт|част|язык|экземпляр)))|как(?:ая|ов|ова|ой|ую|овы|ова) (?:\p{L}+ ){0,2}?(?:сумм\p{L}+|стоимост\p{L}+|цен\p{L}{1,2}|объ[её]м\p{L}*|процент\p{L}*|бюджет\p{L}*|мощност\p{L}+|протяж[её]нност\p{L}+|численност\p{L}+|длин\p{L})(?!\p{L})|(?<!\p{L})(?:қанша|неше)(?!лықты| (?:жыл|ай|күн|тіл|бөлім|тармақ|сала|түр|дана))|қандай (?:сома|көлем|мөлшер)\p{L}*/u,
  },
  duration: {
    han: /多少(?:周?年|个?月|天)|(?<!哪)几(?:周?年(?![的前后])|个月|天)|多久/u,
    latin: /\bhow long (?:did|does|will|has|have|ago|for)\b|\bhow many (?:years|months|days)\b/u,
    cyrillic: /сколько (?:лет|месяц|дней)|как долго|(?:қанша|неше) (?:жыл|ай|күн)/u,
  },
  place: {
    han: /(?:在|到|去|设|位于?|来自)(?:哪(?:里|儿|个城市|座城市|个国家|国|个地方|个州|个省)|什么(?:地方|城市|国家)|何[处地])|哪(?:个|座)?城市?(?=举|办|开|签|召|结|是|[?？]|$)|地址/u,
    latin:
      /\bwhere (?=is|are|was|were|will|did|does|do|has|the|exactly)(?!.*\b(?:stand|say|said|stated?|mention|written)\b)|\b(?:which|what|in which|in what) (?:city|cities|country|town|place|location|venue|province)\b/u,
    cyrillic:
      /(?<!\p{L}|, )(?:где|куда)(?!\p{L})(?!.*(?:сказано|говорится|написано|упомя))|в как(?:ом|их|ой) (?:город|мест|стран)\p{L}*|(?<!\p{L})(?:қайда|қай (?:қала|жер)\p{L}*)(?!.*(?:айтыл|жазыл|кездес|аталған))/u,
  },
  actor: {
    han: /(?:由|归|让|靠)谁|谁来|谁(?:负责|管|运营|经营|提|说|倡|邀)/u,
    latin:
      /\bwho (?:will |would |is to |are to |has |have )?(?:run|manage|operate|oversee|propose|invite|initiat|decide|help|support|praise|thank)\p{L}*/u,
    cyrillic:
      /(?<!\p{L})(?:кто|кем) (?:\p{L}+ )?(?:управля|отвеча|предлож|приглас|помога|подпис)\p{L}*|(?<!\p{L})кім (?:\p{L}+ )?(?:басқар|ұсын|шақыр|қол қой)\p{L}*/u,
  },
  person: {
    han: /谁(?!的|家|来|负责|管|运营|经营|提|说|倡|邀)(?<![由归让靠]谁)|哪[位名](?!置)|何人|什么人|哪些人|(?:姓名|姓什么)/u,
    latin:
      /(?:^|[,.;:?!-] ?|\b(?:and|but|so|know|by|of|to|with|exactly) )who(?:m|se)?\b(?! (?:want|live|work|need|like|are|is a|drive|run|travel|will run|manage|operate|oversee|propose|invite|initiat|decide|help|support|praise|thank)\p{L}*)/u,
    cyrillic:
      /(?<!\p{L}|ни с |ни |, )(?:кто(?!-)|кем|кому|фамили\p{L}+)(?! (?:\p{L}+ )?(?:управля|отвеча|предлож|приглас|помога|подпис))(?!\p{L})|(?<!\p{L})(?:кім(?:дер)?|кімге|кіммен|аты-жөн\p{L}+)(?! (?:\p{L}+ )?(?:басқар|ұсын|шақыр|қол қой))(?!\p{L})/u,
  },
  organisation: {
    han: /哪[一]?[个家些几](?:家|个)?(?:国企|央企|部门|部会|部委|单位|机构|公司|企业|集团|银行|大学|高校|学校|媒体|医院|开发商|承包商)|什么(?:部门|单位|机构|公司|企业|银行)|(?:承建|主办|牵头|负责|运营|管理|中标)(?:单位|部门|机构|公司|企业|方是)/u,
    latin:
      /\b(?:which|what) (?:[a-z-]+ ){0,2}(?:compan|universit|banks?\b|firms?\b|minist(?:ry|ries)|agenc|department|institut|authorit|contractor)\p{L}*/u,
    cyrillic:
      /как(?:ая|ие|ой|ое|ому) (?:именно |\p{L}+ ){0,2}(?:компани|университет|вуз|банк|предприяти|министерств|ведомств|орган(?!из)|учрежден|подрядчик)\p{L}*|(?:қандай|қай) (?:\p{L}+ ){0,1}(?:компания|университет|банк|кәсіпорын|министрлік|мекеме|ведомство)\p{L}*/u,
  },
  names: {
    han: /名单|名录|哪几[本部家位首所款]|什么名字|名字[叫是]|(?:具体)?名称[是?？]?(?:什么|$)/u,
    latin:
      /\bwhat (?:is|are|was) the (?:full |official |exact )?names? of\b|\b(?:names?|list) of (?:the )?(?:[a-z-]+ ){0,3}(?:compan|universit|minister|official|delegat|bank|institut|cit|firm|book|film|author|co-?chair|head|director|leader)\p{L}*|\bwhich (?:[a-z-]+ ){0,2}(?:books?|films?|novels?|ministers?|officials)\b/u,
    cyrillic:
      /(?:назовите|перечислите) (?:имен|фамили|назван)\p{L}*|список \p{L}+|как(?:ие|ая|ой) (?:именно |\p{L}+ ){0,2}(?:книг|фильм|роман|город|писател|автор)\p{L}*|(?:атаулары|тізімі|есімдері|аты-жөні)|(?:қандай|қай) (?:\p{L}+ ){0,2}(?:кітап|фильм|қала|жазушы|автор|роман)\p{L}*/u,
  },
  reason: {
    han: /为什么|为何|为啥|凭什么|什么原因|原因是什么|理由是什么|何以/u,
    latin: /\bwhy\b|\bwhat (?:is|was) the reason|\bfor what reason/u,
    cyrillic: /почему|зачем|отчего|по какой причине|с какой стати|неліктен|не себепті|не үшін/u,
  },
};

/**
 * Details asked for by a noun alone (“deadline for the plan”, 优惠贷款的年利率, «перечень городищ»): the noun heads its phrase, at the end in
 * Chinese and Kazakh, at the beginning in English and Russian.
 */
const CHINESE_HEAD_END = '(?:和|与|以及|、|[,，。?？;；]|是|为|有|给|定|目标|多少|几|是否|$)';
const HEAD_START =
  '(?:^|[,.:;!?] ?|\\b(?:the|need|want|give us|give me|provide|name|tell me|for|and|have|exact|full|annual) |(?<!\\p{L})(?:и|нужен|нужна|нужно|интересует|назовите|дайте|укажите|каков|какова|каковы|как(?:ой|ая|ое|ому|им|ие)) )';
const HEADED_BY: Partial<Record<AnswerKind, ByScript>> = {
  quantity: {
    han: new RegExp(
      `(?:金额|数额|总额|比例|占比|利率|份额|定价|运费|票价|价格|造价|预算|罚款|刑期|名额|数量|架数|型号|人数|票数|得票率|面积|里程|装机容量|输量|补贴标准|百分比)${CHINESE_HEAD_END}|百分之几|打几折|几折`,
      'u',
    ),
    latin: new RegExp(
      `${HEAD_START}(?:number|percentage|percent|amount|price|cost|fee|rate|interest rate|capacity|quota|budget|turnover|share|size|volume|fine|penalty|prison terms?|target)(?!\\p{L})`,
      'u',
    ),
    cyrillic: new RegExp(
      `${HEAD_START}(?:размер|объем|мощность|число|количество|цена|стоимость|процент\\p{L}*|доля|бюджет|тариф|ставка|штраф|квота|площадь|сумма)(?!\\p{L})|(?<!\\p{L})(?:құн|баға|мөлшер|сан|пайыз|көлем|қуат|ақы)(?:ы|і|сы|сі|ын|ін|сын|сін|ының|інің)?(?: \\p{L}+){0,2}[?.!]?$`,
      'u',
    ),
  },
  date: {
    han: new RegExp(`(?:期限|截止日|时间表|完工时间|开工时间|交货期|生效日期|有效期|起止时间|日程)${CHINESE_HEAD_END}`, 'u'),
    latin: new RegExp(`${HEAD_START}(?:deadline|timetable|schedule|opening hours|start date|expiry)(?!\\p{L})`, 'u'),
    cyrillic: new RegExp(
      `${HEAD_START}(?:срок\\p{L}*|график|расписание|дата)(?!\\p{L})|(?<!\\p{L})(?:мерзім|күн|уақыт|кесте)(?:і|ы|сі|сы|ін|ын)?(?: \\p{L}+){0,2}[?.!]?$`,
      'u',
    ),
  },
  names: {
    han: new RegExp(
      `(?:名单|清单|目录|名录|书目|片单|项目表|施工单位|承建单位|承包商|中标方|运营商|供应商|牵头部门|负责人|联系人|联络人|代表团成员|随行人员)${CHINESE_HEAD_END}`,
      'u',
    ),
    latin: new RegExp(`${HEAD_START}(?:list|names?|contractor|supplier|operator|head|director|member list)(?!\\p{L})`, 'u'),
    cyrillic: new RegExp(
      `${HEAD_START}(?:перечень|список|имена|фамили\\p{L}+|подрядчик\\p{L}*|поставщик\\p{L}*|оператор\\p{L}*|состав делегации)(?!\\p{L})|(?<!\\p{L})(?:тізім|аты(?!рау)|атау|есім|мердігер|жеткізуші)\\p{L}*(?: \\p{L}+){0,2}[?.!]?$`,
      'u',
    ),
  },
  place: {
    han: new RegExp(`(?:选址|位置|地址|会场|驻地|总部|路线图|坐标)${CHINESE_HEAD_END}`, 'u'),
    latin: new RegExp(`${HEAD_START}(?:location|venue|address|site|headquarters)(?!\\p{L})`, 'u'),
    cyrillic: new RegExp(
      `${HEAD_START}(?:место|адрес|местоположение)(?!\\p{L})|(?<!\\p{L})(?:орны|мекенжай|орналасқан жер)\\p{L}*(?: \\p{L}+){0,2}[?.!]?$`,
      'u',
    ),
  },
};

const KINDS: readonly AnswerKind[] = [
  'date',
  'count',
  'quantity',
  'duration',
  'place',
  'actor',
  'person',
  'organisation',
  'names',
  'reason',
];

/** The kinds of thing that a normalised question asks for; empty where any words may answer. */
export function answerKindsOf(question: string): AnswerKind[] {
  const scripts = SCRIPT_NAMES.filter((script) => SCRIPTS[script].test(question));
  return KINDS.filter((kind) =>
    scripts.some((script) => ASKED_BY[kind][script].test(question) || HEADED_BY[kind]?.[script].test(question)),
  );
}
