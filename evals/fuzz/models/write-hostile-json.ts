import type { RandomSource } from '../random-source.ts';
import type { HostileLine } from './hostile-lines.ts';

const escapeAll = (json: string) => json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Ways of writing a line of JSON that a parser may stumble over; what a reader sees of it stays the same or is nothing. */
const ODDITIES: ((line: HostileLine) => string)[] = [
  ({ text, ids }) => escapeAll(JSON.stringify({ text, ids })),
  ({ text, ids }) => `{"text": "第一个", "text": ${JSON.stringify(text)}, "ids": ${JSON.stringify(ids)}}`,
  ({ text, ids }) => `\ufeff${JSON.stringify({ text, ids })}`,
  ({ text, ids }) => `${JSON.stringify({ text, ids })} ${JSON.stringify({ text, ids })}`,
  ({ text, ids }) => `[${JSON.stringify({ text, ids })}]`,
  ({ text, ids }) => JSON.stringify({ text, ids, quote: '“建立月球基地”', __proto__: null, constructor: 1, none: false }),
  ({ text, ids }) => `{"__proto__": {"text": "x"}, "text": ${JSON.stringify(text)}, "ids": ${JSON.stringify(ids)}}`,
  ({ text, ids }) => `${JSON.stringify({ text, ids })},`,
  ({ text, ids }) => `${JSON.stringify({ text, ids })}\r`,
  ({ text, ids }) => JSON.stringify({ text: [text], ids }),
  ({ text, ids }) => JSON.stringify({ text, ids: ids.join() }),
  ({ text }) => JSON.stringify({ text, ids: Array(50).fill('S1') }),
  ({ ids }) => JSON.stringify({ text: '水'.repeat(1300), ids }),
  ({ ids }) => `{"text": "\\ud800 半个字", "ids": ${JSON.stringify(ids)}}`,
  () => '```json',
  () => '当然！以下是回答：',
  () => `${'['.repeat(500)}`,
  () => '{"none": "true"}',
  () => '{"text": 1e400, "ids": null}',
];

/** The lines as the model streams them: most as JSON Lines, some oddly, with noise between them. */
export function writeHostileJson(random: RandomSource, lines: readonly HostileLine[]): string {
  const written = lines.flatMap((line) => {
    const odd = random.chance(0.2) ? random.pick(ODDITIES)(line) : JSON.stringify({ text: line.text, ids: line.ids });
    return random.chance(0.05) ? [odd, '', '   '] : [odd];
  });
  return `${written.join('\n')}${random.chance(0.5) ? '\n' : ''}`;
}
