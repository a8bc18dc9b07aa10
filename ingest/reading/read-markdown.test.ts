import { describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.ts';

const read = (markdown: string) => readBytes('markdown', Buffer.from(markdown));

describe('Markdown', () => {
  it('is read as the page that it describes', async () => {
    const { text, blocks } = await read(
      '# 声明\n\n双方**同意**[合作](http://x.cn)，\n发展&amp;贸易。\n\n3. 油\n4. 气\n\n| 年 | 额 |\n|--|--|\n| 1 | 2 |\n\n`代码`',
    );
    expect(text.split('\n')).toEqual(['声明', '双方同意合作，发展&贸易。', '3. 油', '4. 气', '年\t额', '1\t2', '代码']);
    expect(blocks.map(({ role }) => role)).toEqual(['title', ...Array(6).fill('text')]);
  });

  it('states facts in its front matter; what is none there is left out, and other programs’ fields are', async () => {
    const { metadata, text } = await read(
      '\ufeff---\ntitle: 声明\ndate: 2019-09-11\npublishedOn: gestern\nlanguage: en\ntags: [a]\n---\n双方同意。',
    );
    expect(metadata).toEqual({ title: '声明', date: '2019-09-11', language: 'en' });
    expect(text).toBe('双方同意。');
  });

  it('keeps the lines between two rules that are no fields', async () => {
    const { metadata, text } = await read('---\n双方同意。\n---\n双方满意。');
    expect(metadata).toEqual({});
    expect(text.split('\n')).toEqual(['双方同意。', '双方满意。']);
  });

  it.each([
    ['is not UTF-8', Buffer.of(0xb9, 0xfa)],
    ['has front matter that is no YAML', Buffer.from('---\na: [\n---\n双方同意。')],
    ['has front matter that unfolds', Buffer.from('---\na: &a [x]\nb: [*a, *a]\n---\n双方同意。')],
  ])('that %s is refused', async (_, bytes) => {
    await expect(readBytes('markdown', bytes)).rejects.toMatchObject({ code: 'bad-document' });
  });
});
