import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { splitSentences } from '../../ingest/structure/split-sentences.ts';
import { RandomSource } from '../fuzz/random-source.ts';

export const PARAGRAPHS_A_DOCUMENT = 10;
const CHINESE_NUMERALS = '一二三四五六七八九十';

/** Sentences as they stand in a document, without item markers. */
export const sentencesToRecombine = ({ paragraphs }: SourceDocument): string[] =>
  paragraphs.flatMap(({ text, items }) =>
    splitSentences(text, items.at(-1)?.printed.length ?? 0).map(({ start, end }) => text.slice(start, end)),
  );

/**
 * A made-up document of ten paragraphs: sentences of a real one put together anew, with names of places, years and figures of its own, so that no
 * two paragraphs are alike and most words are as frequent as in real texts. The same for a seed and a number.
 */
export function generateDocument(sentences: readonly string[], seed: number, number: number): { text: string; metadata: object } {
  const random = new RandomSource(seed, number);
  const year = random.between(1992, 2026);
  const title = `中哈合作文件第${number + 1}号`;
  const paragraphs = random.times(PARAGRAPHS_A_DOCUMENT, (position) => {
    const stated = random.times(random.between(1, 3), () => varied(random.pick(sentences), random));
    return `（${CHINESE_NUMERALS[position]}）${stated.join('')}`;
  });
  return {
    text: `${title}\n${paragraphs.join('\n')}\n`,
    metadata: { title, date: `${year}-${twoDigits(random.between(1, 12))}-${twoDigits(random.between(1, 28))}`, language: 'zh-Hans' },
  };
}

/** Another day, another sum: what tells paragraphs apart that speak of the same. */
function varied(sentence: string, random: RandomSource): string {
  return sentence
    .replace(/\d{4}年/gu, () => `${random.between(1992, 2026)}年`)
    .replace(/(?<!\d)\d{1,2}月/gu, () => `${random.between(1, 12)}月`)
    .replace(/[。；]$/u, (mark) => (random.chance(0.5) ? `，编号${random.between(1000, 9_999_999)}${mark}` : mark));
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Writes so many documents, each with its sidecar, into a folder. */
export async function generateDocuments(
  folder: string,
  sentences: readonly string[],
  { seed, count }: { seed: number; count: number },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let number = 0; number < count; number++) {
    const { text, metadata } = generateDocument(sentences, seed, number);
    const file = path.join(folder, `document-${String(number + 1).padStart(5, '0')}`);
    await writeFile(`${file}.txt`, text);
    await writeFile(`${file}.json`, JSON.stringify(metadata));
  }
}
