/**
 * Where a secret stands in a text, in any form in which it might leak: as it is, reversed, in base64 (at each of its three
 * alignments), in hexadecimal, percent-encoded, or split over lines, chunks and JSON strings. Empty where it does not.
 */
export function findSecret(text: string, secret: string): string[] {
  const bare = wordCharacters(text);
  const lower = text.toLowerCase();
  const forms: [form: string, isFound: boolean][] = [
    ['plain', text.includes(secret)],
    ['in another case', lower.includes(secret.toLowerCase())],
    ['reversed', text.includes([...secret].toReversed().join(''))],
    ...base64Forms(secret).map((form): [string, boolean] => ['base64', toBase64(text).includes(form)]),
    ['hexadecimal', lower.replace(/[^0-9a-f]/g, '').includes(Buffer.from(secret).toString('hex'))],
    ['percent-encoded', unescaped(text).includes(secret)],
    ['split over lines', bare.includes(wordCharacters(secret))],
    ['split over JSON strings', [...jsonStreams(text)].some((stream) => stream.includes(secret))],
  ];
  return [...new Set(forms.filter(([, isFound]) => isFound).map(([form]) => form))];
}

const wordCharacters = (text: string) => text.replace(/[^A-Za-z0-9]/g, '');

/** base64 in either alphabet, with its line breaks taken out. */
const toBase64 = (text: string) =>
  text
    .replace(/[\r\n]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');

/** What of the secret's base64 does not depend on what stands before and behind it. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    const start = Math.ceil((before * 8) / 6);
    const whole = Math.floor(((before + secret.length) * 8) / 6);
    return encoded.slice(start, whole);
  });
}

/** Percent- and \u-escapes as the characters they stand for. */
const unescaped = (text: string) =>
  text
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[ux](?:00)?([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The strings of a stream of JSON, put together: all, and those under one name, as deltas of a streamed text are. */
function* jsonStreams(text: string): Generator<string> {
  const byName = new Map<string, string>();
  let all = '';
  for (const [, name = '', value = ''] of text.matchAll(/(?:"([\w-]+)"\s*:\s*)?"((?:[^"\\]|\\.)*)"/g)) {
    byName.set(name, `${byName.get(name) ?? ''}${value}`);
    all += value;
  }
  yield all;
  yield* byName.values();
}
