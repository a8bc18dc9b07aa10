/** A shape of string that costs careless code more than its length; `ofLength` makes one of so many code points. */
export type PathologicalShape = { name: string; ofLength: (codePoints: number) => string };

const repeated = (pattern: string, codePoints: number) => {
  const points = [...pattern];
  return pattern.repeat(Math.floor(codePoints / points.length)) + points.slice(0, codePoints % points.length).join('');
};

/** What is said again and again. */
const PATTERNS: Record<string, string> = {
  'one letter': 'a',
  'one Han character': '中',
  'one traditional character': '國',
  'one denial': '不',
  'one combining mark': '\u0301',
  'alternating combining marks': '\u0301\u0327',
  'letters under alternating marks': 'a\u0301\u0327\u0301\u0327\u0301\u0327',
  'opening brackets': '（',
  'opening and closing brackets': '()[]{}',
  'square brackets': '[',
  'Markdown links': '[a](b',
  'opening quotation marks': '“',
  'nested quotation marks': '“‘「『«',
  'straight quotation marks': '"\'',
  titles: '《》',
  enumerators: '（一）',
  'open enumerators': '（一',
  'numbered lines': '1. ',
  'parts and items': '第一部分第二项',
  'right-to-left': 'אב ',
  'right-to-left marks': '\u202e\u2066',
  digits: '1',
  'digits with points': '1.',
  'digits with commas': '1,000',
  dates: '2019年9月11日',
  'days and months': '9月',
  numerals: '一二三十百',
  'English number words': 'two hundred ',
  ligatures: 'ﬁﬃ',
  'wide ligatures': '﷽',
  'surrogate pairs': '😀',
  'joined emoji': '👩‍',
  'rare Han characters': '𠀀',
  spaces: ' ',
  'wide spaces': '　',
  'spaces and a letter': '     a',
  'line breaks': '\n',
  'tabs and line breaks': '\t\r\n',
  commas: '，',
  'full stops': '。',
  abbreviations: 'U.S. ',
  'Chinese sentences': '双方加强合作。',
  'Chinese clauses': '双方不支持，',
  'doubtful names': '卡西姆若马尔特',
  'English names': 'Nazarbayev Tokayev ',
  'English words': 'the cooperation of ',
  'misspelt words': 'coopertaion ',
  'Russian words': 'сотрудничество ',
  'Kazakh suffixes': 'тардағыларымыздың',
  'Kazakh letters': 'ә',
  hyphens: 'a-',
  apostrophes: "a'",
  URLs: 'https://a.b/c?',
  markup: '<b>&amp;',
  'unseen characters': '\u200b\u00ad',
  'mixed scripts': 'aа中α',
  'question words': '什么哪里多少',
  'follow-up words': '那呢',
  sources: '[1]: ',
  zero: '\u0000',
};

/** All shapes, each also with another end (code that looks for one may search in vain) and mixed with another. */
export function pathologicalShapes(random: { pick: <Item>(items: readonly Item[]) => Item }): PathologicalShape[] {
  const names = Object.keys(PATTERNS);
  const plain = names.map((name) => ({ name, ofLength: (length: number) => repeated(PATTERNS[name] ?? '', length) }));
  const ended = plain.map(({ name, ofLength }) => ({
    name: `${name}, then an x`,
    ofLength: (length: number) => `${ofLength(length - 1)}x`,
  }));
  const mixed = names.map((name) => {
    const other = random.pick(names);
    return { name: `${name} with ${other}`, ofLength: (length: number) => repeated(`${PATTERNS[name]}${PATTERNS[other]}`, length) };
  });
  return [...plain, ...ended, ...mixed];
}
