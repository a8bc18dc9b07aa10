import type { RandomSource } from '../random-source.ts';

const STRANGE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '双方',
  '“',
  '\u202e',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '<b>',
  '{{',
  '不'.repeat(600),
  'a\u0301\u0327'.repeat(900),
  '١٢',
  '\ufeff',
  '\r\n\r\n',
];
const STRANGE_VALUES: unknown[] = [null, true, false, 0, -1, 1e21, -0.5, 2 ** 53, [], {}, [[]], [null], ...STRANGE_TEXTS];

type Json = unknown;
const isRecord = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One place of a value changed: another value, a field lost, added or renamed, an array made longer. */
function mutatedValue(random: RandomSource, value: Json): Json {
  if (isRecord(value) && Object.keys(value).length > 0 && random.chance(0.85)) {
    const key = random.pick(Object.keys(value));
    const { [key]: chosen, ...others } = value;
    if (random.chance(0.1)) return others;
    if (random.chance(0.1)) return { ...others, [random.pick(STRANGE_TEXTS)]: chosen };
    if (random.chance(0.1))
      return {
        ...value,
        [random.pick(['language', 'documentId', 'k', 'stream', 'n', 'tools', 'id', 'extra'])]: random.pick(STRANGE_VALUES),
      };
    return { ...value, [key]: mutatedValue(random, chosen) };
  }
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    if (random.chance(0.15)) return random.times(random.between(2, 400), () => value[0]);
    const place = random.below(value.length);
    return value.map((item, at) => (at === place ? mutatedValue(random, item) : item));
  }
  if (typeof value === 'string' && random.chance(0.6)) {
    const place = random.below(value.length + 1);
    return value.slice(0, place) + random.pick(STRANGE_TEXTS) + value.slice(place);
  }
  return random.pick(STRANGE_VALUES);
}

/** Whole bodies that no schema foresees. */
const ODD_BODIES: ((random: RandomSource, json: string) => string)[] = [
  (random) => '['.repeat(random.between(1, 9000)),
  (random) => '{"a":'.repeat(random.between(1, 3000)),
  (random) => `[${'1,'.repeat(random.between(1, 8000))}1]`,
  (random) => `{${random.times(random.between(1, 1500), (at) => `"k${at}":${at}`).join(',')}}`,
  (random) => JSON.stringify({ question: random.pick(['不', 'a', '😀', '\u0301', '“']).repeat(random.between(1, 20_000)) }),
  (random, json) => json.replace(/^\{/, `{"question":${JSON.stringify(random.pick(STRANGE_TEXTS))},`),
  (random, json) => json.replace(/\}$/, `,"question":${JSON.stringify(random.pick(STRANGE_TEXTS))}}`),
  (_, json) => json.replace(/"/g, "'"),
  (_, json) => `${json}${json}`,
  (_, json) => `\ufeff${json}`,
  (_, json) => json.replace(/:/, ': /* comment */ '),
  (_, json) => `{"__proto__":${json},"constructor":{"prototype":{"polluted":1}}}`,
  () => '1e999999',
  () => '"\\u0000"',
  () => 'null',
  () => '',
  () => 'NaN',
];

/** A body in JSON, as text: structure changed in up to three places, or something else altogether. */
export function mutateJson(random: RandomSource, json: string): string {
  if (random.chance(0.2)) return random.pick(ODD_BODIES)(random, json);
  let value: Json = JSON.parse(json);
  for (let changes = random.between(0, 3); changes > 0; changes--) value = mutatedValue(random, value);
  return JSON.stringify(value) ?? 'null';
}

/** Bytes of a body changed: flipped, lost, doubled, put in, cut off. */
export function mutateBytes(random: RandomSource, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  return random.pick([
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at + 1)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 20))]),
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80]), bytes.subarray(at)]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    () => Buffer.from(bytes.toString('utf8'), 'latin1'),
  ])();
}
