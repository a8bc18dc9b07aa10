import { RandomSource } from '../../fuzz/random-source.ts';

const FORMS = [
  (a: string, b: string) => `“${a}”和“${b}”有什么关系？`,
  (a: string, b: string) => `关于${a}，${b}是怎么说的？`,
  (a: string, b: string) => `What does the statement say about ${a} and ${b}?`,
  (a: string, b: string) => `Что сказано о ${a} и ${b}?`,
];

/** A request with a question hardly ever asked twice (two stretches of the documents' text): no cache of answers helps. */
export function askRequest(texts: readonly string[], seed: number, index: number): Buffer {
  const random = new RandomSource(seed, index);
  const stretch = () => random.stretch(random.pick(texts), 16).replace(/\s/gu, '');
  const body = JSON.stringify({ question: random.pick(FORMS)(stretch(), stretch()) });
  return Buffer.from(
    `POST /api/ask HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
