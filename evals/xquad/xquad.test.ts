import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { readXquad } from './read-xquad.ts';
import { measureParagraphRecall, withXquadIndex } from './run-xquad.ts';

async function folderWith(languages: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'xquad-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const paragraphs = [
    { context: '黑豹队的防守只丢了308分。', qas: [{ id: 'a', question: '黑豹队丢了多少分？', answers: [] }] },
    { context: '华沙是波兰的首都，\n位于维斯瓦河畔。', qas: [{ id: 'b', question: '波兰的首都是哪里？', answers: [] }] },
  ];
  for (const language of languages)
    await writeFile(path.join(folder, `xquad.${language}.json`), JSON.stringify({ data: [{ title: 'T', paragraphs }] }));
  return folder;
}

test('finds the paragraphs of a set in XQuAD’s format, each question in one half', async () => {
  const set = await readXquad(await folderWith(['zh', 'en', 'ru']));
  expect(set.questions.zh.map(({ half }) => half)).toEqual(['tuning', 'reporting']);
  const embeddingModel = new EmbeddingModel({});
  const recall = await withXquadIndex(set, embeddingModel, (xquad) =>
    measureParagraphRecall(set.questions.zh, xquad, { index: xquad.index, embeddingModel, publicUrl: '', onDegraded: () => {} }),
  );
  expect(recall.recallAt1).toMatchObject({ value: 1, n: 2 });
});

test('says which files it wants where one is absent', async () => {
  await expect(readXquad(await folderWith(['zh', 'en']))).rejects.toMatchObject({
    code: 'no-documents',
    message: expect.stringContaining('xquad.ru.json'),
  });
});
