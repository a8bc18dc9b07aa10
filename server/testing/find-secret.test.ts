import { describe, expect, test } from 'vitest';
import { findSecret } from './find-secret.ts';

const SECRET = 'sk-canary-7Qd3xW9pLm2ZtV5k';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hexadecimal = (text: string) => Buffer.from(text).toString('hex');
const everyCharacterEscaped = (text: string) => [...text].map((character) => `%${hexadecimal(character)}`).join('');
const cut = (every: number) => SECRET.match(new RegExp(`.{1,${every}}`, 'g')) ?? [];

describe('a secret is found', () => {
  test.each([
    ['as it is', `Incorrect API key provided: ${SECRET}.`],
    ['in capitals', SECRET.toUpperCase()],
    ['reversed', `x${[...SECRET].toReversed().join('')}y`],
    ['in base64', `Basic ${base64(SECRET)}`],
    ['in base64 behind one byte', base64(`:${SECRET} and more`)],
    ['in base64 behind two bytes', base64(`u:${SECRET}`)],
    ['in base64 of three lines', base64(`key=${SECRET}`).replace(/.{10}/g, '$&\r\n')],
    ['in the base64 of URLs', Buffer.from(`Bearer ${SECRET}`).toString('base64url')],
    ['in hexadecimal', `<Buffer ${hexadecimal(SECRET).replace(/../g, '$& ')}>`],
    ['in capital hexadecimal', hexadecimal(SECRET).toUpperCase()],
    ['percent-encoded', `?key=${everyCharacterEscaped(SECRET)}`],
    ['in JSON escapes', [...SECRET].map((character) => `\\u00${hexadecimal(character)}`).join('')],
    ['split over lines', cut(5).join('\n')],
    ['split over log lines', cut(9).join('"\n"')],
    [
      'split over chunks of a stream',
      cut(4)
        .map((content) => `data: ${JSON.stringify({ id: 'chatcmpl-1', delta: { content } })}\n\n`)
        .join(''),
    ],
    ['split over strings of a list', JSON.stringify(cut(3))],
  ])('%s', (_, text) => {
    expect(findSecret(text, SECRET)).not.toEqual([]);
    expect(findSecret(`${'前言 preamble '.repeat(50)}${text}${' 后记'.repeat(50)}`, SECRET)).not.toEqual([]);
  });
});

test.each([
  ['nothing', ''],
  ['an answer', JSON.stringify({ answer: '双方合作[1]', generator: 'scripted', id: 'c6a6be98-7819-41e4-ab1a-9e4a2fefd78d' })],
  ['another key', SECRET.replace('7', '8')],
  ['half of it', SECRET.slice(0, 12)],
])('it is not found in %s', (_, text) => {
  expect(findSecret(text, SECRET)).toEqual([]);
});
