import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSample, statementFile, statementTitle, writeDocuments } from '../testing/sample-document.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

async function writeSample(sidecar: unknown, text = '双方会谈。\n双方同意。'): Promise<string> {
  const folder = await writeDocuments(await temporaryFolder(), { sample: text });
  await writeFile(path.join(folder, 'sample.json'), typeof sidecar === 'string' ? sidecar : JSON.stringify(sidecar));
  return path.join(folder, 'sample.txt');
}

describe('readDocument', () => {
  it('reads the joint statement with its metadata and the hash of its bytes', async () => {
    const document = await readSample(statementFile);
    expect(document).toMatchObject({
      documentId: 'china-kazakhstan-joint-statement-2019',
      title: statementTitle,
      parties: ['中华人民共和国', '哈萨克斯坦共和国'],
      date: '2019-09-11',
      place: '北京',
      publishedOn: '2019-09-12',
      language: 'zh-Hans',
      signedLanguages: ['zh', 'kk', 'ru'],
    });
    const bytes = await readFile(statementFile);
    expect(document.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.from(document.text).equals(bytes)).toBe(true);
    expect(document.paragraphs).toHaveLength(57);
    // A plain text is its own canonical text.
    expect(document).not.toHaveProperty('file');
  });

  it('needs no sidecar: id from the file name, title from the text', async () => {
    const folder = await writeDocuments(await temporaryFolder(), { 'Joint Text (2020)': '合作公报\n双方同意。', 声明: '甲。' });
    expect(await readSample(path.join(folder, 'Joint Text (2020).txt'))).toMatchObject({
      documentId: 'joint-text-2020',
      title: '合作公报',
      language: 'zh-Hans',
      parties: [],
    });
    expect(await readSample(path.join(folder, '声明.txt'))).toMatchObject({
      documentId: expect.stringMatching(/^document-[0-9a-f]{8}$/),
      title: '声明',
    });
  });

  it('finds the sidecar of a file without an extension', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'statement'), '双方同意。');
    await writeFile(path.join(folder, 'statement.json'), '{"title":"合作声明"}');
    expect(await readSample(path.join(folder, 'statement'))).toMatchObject({ title: '合作声明', documentId: 'statement' });
  });

  it('keeps a byte order mark, so that offsets and bytes agree', async () => {
    const document = await readSample(await writeSample({}, '\ufeff双方会谈。\n双方同意。'));
    expect(document.text.charCodeAt(0)).toBe(0xfeff);
    expect(document.paragraphs[0]).toMatchObject({ start: 1, text: '双方会谈。' });
  });

  it('refuses what is not UTF-8, naming the file', async () => {
    const file = await writeSample({});
    await writeFile(file, Buffer.from([0xb9, 0xfa, 0xbc, 0xd2]));
    await expect(readSample(file)).rejects.toMatchObject({ code: 'bad-document', message: expect.stringContaining(file) });
  });

  it('refuses an empty file, naming it', async () => {
    const file = await writeSample({}, ' \n');
    await expect(readSample(file)).rejects.toMatchObject({ code: 'bad-document', message: expect.stringContaining(file) });
  });

  it.each([
    ['date', { date: '2019-02-30' }],
    ['publishedOn', { publishedOn: '12.09.2019' }],
    ['title', { title: '' }],
    ['parties', { parties: ['中国', 7] }],
    ['documentId', { documentId: 'Not A Slug' }],
    ['signedLanguages', { signedLanguages: 'zh' }],
    ['titel', { titel: '声明' }],
    ['notes', { notes: { 'no-such-paragraph': { en: 'A note.' } } }],
    ['notes', { notes: { 'body-p1': { en: ' ' } } }],
    ['questions', { questions: { de: ['Was steht darin?'] } }],
    ['questions', { questions: { en: [' '] } }],
    ['questions', { questions: { en: ['\ud800'] } }],
    ['questions', { questions: { 'zh-Hans': ['问'.repeat(201)] } }],
    ['questions', { questions: { en: Array.from({ length: 7 }, (_, number) => `Question ${number}?`) } }],
  ])('refuses a sidecar with a bad %s, naming file and field', async (field, sidecar) => {
    const file = await writeSample(sidecar);
    const refusal = readSample(file);
    await expect(refusal).rejects.toMatchObject({ code: 'bad-metadata', message: expect.stringContaining(field) });
    await expect(refusal).rejects.toThrow(file.replace('.txt', '.json'));
  });

  it('reads the editor’s first questions in the languages that have some', async () => {
    const questions = { 'zh-Hans': ['𠀀'.repeat(200)], en: Array.from({ length: 6 }, (_, number) => `Question ${number}?`), kk: [] };
    expect((await readSample(await writeSample({ questions }))).questions).toEqual(questions);
    expect((await readSample(await writeSample({}))).questions).toBeUndefined();
  });

  it('refuses a sidecar that is no JSON', async () => {
    await expect(readSample(await writeSample('{"title":'))).rejects.toMatchObject({ code: 'bad-metadata' });
  });
});
