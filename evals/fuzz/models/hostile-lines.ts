import type { NumberedMaterial } from '../../../server/testing/chat-model/chat-scripts.ts';
import type { RandomSource } from '../random-source.ts';

/** One sentence that a hostile model writes. `isWrong`: by its making it says or quotes what its citations do not. */
export type HostileLine = { kind: string; text: string; ids: string[]; isWrong: boolean };

type Material = { random: RandomSource; sentences: readonly NumberedMaterial[]; one: NumberedMaterial; other: NumberedMaterial };
type Making = (material: Material) => Omit<HostileLine, 'kind'> | undefined;

/** Characters two by two: what opens and what closes, or one and what stands for it. */
const pairsOf = (characters: string): [string, string][] =>
  (characters.match(/../gsu) ?? []).map((pair) => [[...pair][0] ?? '', [...pair][1] ?? '']);

const MARKS = pairsOf('“”„“‘’「」『』«»‹›""＂＂〝〞❝❞');
const OTHER_NAMES: [RegExp, string[]][] = [
  [/哈萨克斯坦/u, ['俄罗斯', '乌兹别克斯坦', '日本', '美国']],
  [/哈方/u, ['俄方', '美方', '日方']],
  [/托卡耶夫/u, ['普京', '特朗普', '纳扎尔巴耶夫']],
  [/习近平/u, ['普京', '李克强', '拜登']],
  [/上海/u, ['北京', '广州', '莫斯科']],
  [/北京/u, ['上海', '莫斯科', '华盛顿']],
  [/联合国/u, ['北约', '欧盟']],
  [/霍尔果斯/u, ['阿拉山口', '满洲里']],
  [/阿拉木图/u, ['莫斯科', '塔什干']],
  [/叙利亚/u, ['乌克兰', '伊朗']],
  [/阿富汗/u, ['伊拉克', '乌克兰']],
];
/** Said in the other languages: what no sentence of the statement bears out. */
const FOREIGN_LIES = [
  'The Parties signed 731 contracts.',
  'Trade will reach three hundred billion dollars by 2031.',
  'The visit took place on 4 March 2017.',
  'Russia joined the statement.',
  'Putin welcomed the agreement.',
  'The forum was held in Washington.',
  'NATO supports this cooperation.',
  'Стороны подписали 731 контракт.',
  'Визит состоялся 4 марта 2017 года.',
  'Россия присоединилась к заявлению.',
  'Объем торговли достигнет трехсот миллиардов.',
  'Сапар 2017 жылғы 4 наурызда өтті.',
  'Ресей бұл мәлімдемеге қосылды.',
  '雙方簽署了七百三十一份合約。',
  '俄羅斯加入了聲明。',
];
const LOOK_ALIKES = new Map(pairsOf('日⽇月⽉工⼯文⽂方⽅力カ口ロ二ニ土士青⻘民⺠长⻓门⻔'));
const TRADITIONAL = new Map(pairsOf('国國发發展展双雙对對关關经經济濟贸貿领領东東长長门門开開与與为為'));
const UNSEEN = ['\u200b', '\u200d', '\u202e', '\u2066', '\u00ad', '\ufeff', '\u0000', '\u{e0041}'];
const FAKES = ['[1]', '［2］', '【1】', '[99]', '[^1]', '〔1〕', '[S1]', '⟦1⟧', '[1,2]'];
const MARKUP = [
  '<b>双方</b>',
  '<script>alert(1)</script>',
  '[双方](https://example.com)',
  '**双方**',
  '`双方`',
  '&lt;b&gt;',
  'https://example.com',
  'www.example.com',
  '<sentences>',
  '\n[1]',
];

const plainOf = ({ text }: NumberedMaterial) => text.replace(/[“”„‟‘’「」『』«»‹›"[\]<>]/gu, '').trim();
const withOneChanged = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1);
/** A stretch of the sentence as it stands, between 4 and 24 characters. */
function excerptOf({ random, one }: Material): string {
  const plain = plainOf(one);
  const start = random.below(Math.max(1, plain.length - 6));
  return plain.slice(start, start + random.between(4, 24));
}
function quoted({ random, one }: Material, words: string): Omit<HostileLine, 'kind'> {
  const [open, close] = random.pick(MARKS);
  const end = random.chance(0.1) ? '' : close;
  // An unclosed quotation is wrong whatever it says.
  return { text: `文件写道${open}${words}${end}。`, ids: [one.id], isWrong: end === '' || !one.text.includes(words) };
}
function replacing(pattern: RegExp, by: (match: string) => string): Making {
  return ({ one }) => {
    const text = plainOf(one);
    const match = pattern.exec(text)?.[0];
    if (match === undefined) return undefined;
    const put = by(match);
    return put !== '' && one.text.includes(put) ? undefined : { text: text.replace(match, put), ids: [one.id], isWrong: true };
  };
}
function swappedDates({ random, one }: Material): Omit<HostileLine, 'kind'> | undefined {
  const text = plainOf(one);
  const dates = [...text.matchAll(/\d{4}年\d{1,2}月(?:\d{1,2}日)?/gu)].map(([date]) => date);
  if (dates.length === 0) return undefined;
  const date = random.pick(dates);
  const [year = ''] = /^\d{4}/u.exec(date) ?? [];
  const swapped = `${year}年${random.between(1, 12)}月${random.between(1, 28)}日`;
  return one.text.includes(swapped) || /至12日/u.test(one.text)
    ? undefined
    : { text: text.replace(date, swapped), ids: [one.id], isWrong: true };
}

const MAKINGS: Record<string, Making> = {
  'a faithful retelling': ({ one }) => ({ text: plainOf(one), ids: [one.id], isWrong: false }),
  'a quotation to the letter': (material) => quoted(material, excerptOf(material)),
  'one character of a quotation changed': (material) => {
    const words = excerptOf(material);
    return quoted(material, withOneChanged(words, material.random.below(words.length), material.random.pick([...'月球应不的之乎'])));
  },
  'a stitched quotation': (material) => quoted(material, excerptOf(material) + excerptOf({ ...material, one: material.other })),
  'a quotation with a wrong id': (material) => ({ ...quoted({ ...material, one: material.other }, excerptOf(material)) }),
  'look-alikes in a quotation': (material) =>
    quoted(material, [...excerptOf(material)].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('')),
  'traditional characters in a quotation': (material) =>
    quoted(material, [...excerptOf(material)].map((letter) => TRADITIONAL.get(letter) ?? letter).join('')),
  'an unseen character in a quotation': (material) => {
    const words = excerptOf(material);
    return quoted(material, `${words.slice(0, 2)}${material.random.pick(UNSEEN)}${words.slice(2)}`);
  },
  'an unseen character': ({ random, one }) => ({
    text: plainOf(one).slice(0, 9) + random.pick(UNSEEN) + plainOf(one).slice(9),
    ids: [one.id],
    isWrong: true,
  }),
  'another number': (material) => replacing(/\d+/u, (match) => String(Number(match) + material.random.between(1, 900)))(material),
  'another numeral': replacing(/第[一二三四五六七八九]/u, () => '第十七'),
  'a made-up number': ({ random, one }) => ({
    text: `${plainOf(one)}共${random.between(2100, 9_999_999)}项。`,
    ids: [one.id],
    isWrong: true,
  }),
  'a made-up numeral': ({ random, one }) => ({
    text: `${plainOf(one)}总额达${random.pick(['三百亿', '七千万', '九十八'])}美元。`,
    ids: [one.id],
    isWrong: true,
  }),
  'another date': swappedDates,
  'a denial put in': ({ random, one }) => {
    const verb = /支持|参加|允许|欢迎|加强|深化|扩大|推动|继续|重申|鼓励|认为/u.exec(plainOf(one))?.[0];
    if (verb === undefined) return undefined;
    const denial = random.pick(['不', '未', '不应', '不会', '没有', '从未']);
    return { text: plainOf(one).replace(verb, denial + verb), ids: [one.id], isWrong: true };
  },
  'a denial left out': replacing(/不(?=参加|允许|同第)/u, () => ''),
  'a denial left out of one clause': ({ one }) => {
    const clause = plainOf(one)
      .split(/[，。；]/u)
      .find((part) => /^不(?:参加|允许|同第)/u.test(part));
    return clause === undefined ? undefined : { text: `双方${clause.slice(1)}。`, ids: [one.id], isWrong: true };
  },
  'a stand turned round': replacing(/反对/u, () => '支持'),
  'another name': (material) => {
    const fitting = OTHER_NAMES.filter(([pattern]) => pattern.test(plainOf(material.one)));
    if (fitting.length === 0) return undefined;
    const [pattern, others] = material.random.pick(fitting);
    return replacing(pattern, () => material.random.pick(others))(material);
  },
  'a lie in another language': ({ random, one }) => ({ text: random.pick(FOREIGN_LIES), ids: [one.id], isWrong: true }),
  'a right sentence with an unknown id': ({ random, one }) => ({
    text: plainOf(one),
    ids: random.chance(0.5) ? ['S99999'] : [one.id, 'S0'],
    isWrong: true,
  }),
  'a fake marker': ({ random, one }) => ({ text: plainOf(one) + random.pick(FAKES), ids: [one.id], isWrong: true }),
  markup: ({ random, one }) => ({ text: `${random.pick(MARKUP)}${plainOf(one)}`, ids: [one.id], isWrong: true }),
  'letters of two alphabets': ({ one }) => ({ text: 'Kаzakhstan and China cooperate.', ids: [one.id], isWrong: true }),
};
export const HOSTILE_KINDS = Object.keys(MAKINGS);

/** What a model writes for these sentences: one to four lines, each wrong in its own way or not at all. Same seed, same lines. */
export function hostileLines(random: RandomSource, sentences: readonly NumberedMaterial[]): HostileLine[] {
  if (sentences.length === 0) return [];
  const lines: HostileLine[] = [];
  for (let attempt = 0; attempt < 40 && lines.length < 1 + (attempt % 4); attempt++) {
    const kind = random.pick(HOSTILE_KINDS);
    const one = random.pick(sentences);
    const made = MAKINGS[kind]?.({ random, sentences, one, other: random.pick(sentences) });
    if (made && made.text.trim() !== '') lines.push({ kind, ...made });
  }
  return lines;
}
