import { describe, expect, it } from 'vitest';
import { encodeBig5, encodeGb18030 } from '../../testing/formats/encode-text.ts';
import { readBytes } from '../read-bytes.ts';
import { decodeHtml } from './decode-html.ts';
import { readHtml } from './read-html.ts';

const blocksOf = (html: string) => readHtml(Buffer.from(html)).blocks.map(({ role, text }) => `${role}: ${text}`);
const textOf = (html: string) => blocksOf(html).map((block) => block.replace(/^\w+: /, ''));

describe('the encoding of a page', () => {
  const chinese = '<p>双方同意扩大合作。</p>';
  const paragraph = '<p>双方同意扩大贸易和投资合作，并就共同关心的国际问题交换意见。双方对会谈成果表示满意，将继续保持高层交往。</p>';
  const traditional = '<p>雙方同意擴大貿易和投資合作，並就共同關心的國際問題交換意見。雙方對會談成果表示滿意，將繼續保持高層交往。</p>';
  const russian = '<p>Стороны договорились расширять сотрудничество в области энергетики и торговли.</p>';

  it.each([
    ['UTF-8 by its mark', Buffer.from(`\ufeff${chinese}`), chinese],
    ['UTF-16 by its mark', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(chinese, 'utf16le')]), chinese],
    ['big-endian UTF-16 by its mark', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(chinese, 'utf16le').swap16()]), chinese],
    ['UTF-8 without a declaration', Buffer.from(chinese), chinese],
    ['GB 2312 as declared', encodeGb18030(`<meta charset=gb2312>${chinese}`), `<meta charset=gb2312>${chinese}`],
    ['GB 18030 without a declaration', encodeGb18030(paragraph), paragraph],
    ['GB 18030 against its declaration', encodeGb18030(`<meta charset="utf-8">${paragraph}`), `<meta charset="utf-8">${paragraph}`],
    ['Big5 as declared', encodeBig5(`<meta charset="big5">${traditional}`), `<meta charset="big5">${traditional}`],
    ['Big5 without a declaration', encodeBig5(traditional), traditional],
    ['Windows-1251 as declared', cyrillic(`<meta charset="windows-1251">${russian}`), `<meta charset="windows-1251">${russian}`],
    ['UTF-8 that claims to be UTF-16', Buffer.from(`<meta charset="utf-16">${chinese}`), `<meta charset="utf-16">${chinese}`],
    ['a charset that nobody knows', Buffer.from(`<meta charset="klingon">${chinese}`), `<meta charset="klingon">${chinese}`],
  ])('is %s', (_, bytes, html) => {
    expect(decodeHtml(bytes)).toBe(html);
  });

  it('is refused where the bytes are in none, or too few to tell', () => {
    const refusal = expect.objectContaining({ code: 'bad-document', message: expect.stringContaining('UTF-8') });
    expect(() => decodeHtml(Buffer.from([0x3c, 0x70, 0x3e, 0xff, 0xff, 0x80, 0xff]))).toThrow(refusal);
    expect(() => decodeHtml(encodeGb18030(chinese))).toThrow(refusal);
  });
});

/** Windows-1251 has the Russian letters in the order of Unicode. */
const cyrillic = (text: string) =>
  Buffer.from([...text].map((letter) => (letter.charCodeAt(0) < 0x80 ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0)));

describe('the text of a page', () => {
  it('is what a visitor sees, block by block', () => {
    expect(
      textOf(
        '<title>题</title><style>p{}</style><script>x="<p>甲"</script><noscript>请打开脚本</noscript><template>模板</template>' +
          '<p>双方<b>同意</b>合作。<p hidden>隐藏。<div style="Display : NONE">也隐藏。</div><div>甲<p>乙</p>丙</div>',
      ),
    ).toEqual(['双方同意合作。', '甲', '乙', '丙']);
  });

  it('has no space where lines of Chinese are broken in the source, and one between words', () => {
    expect(textOf('<p>双方\n   同意，\n合作。</p><p>the two\n  sides   agree</p><p>中 方</p>')).toEqual([
      '双方同意，合作。',
      'the two sides agree',
      '中 方',
    ]);
  });

  it('breaks lines where the page does', () => {
    expect(textOf('<div>　　甲。<br>　　乙。</div><pre>丙\n丁</pre>')).toEqual(['甲。\n乙。', '丙\n丁']);
  });

  it('has the numbers of lists as they are shown, but not in front of the text’s own', () => {
    expect(
      textOf(
        '<ol><li>甲</li><li value="5">乙<ol type="a"><li>丙</li></ol></li><li>丁</li></ol><ol start="3"><li><p>戊</p></li></ol>' +
          '<ol style="list-style-type: cjk-ideographic"><li>己</li></ol><ol style="list-style: none"><li>庚</li></ol><ol><li>（一）辛</li></ol><ul><li>壬</li></ul>',
      ),
    ).toEqual(['1. 甲', '5. 乙', 'a. 丙', '6. 丁', '3. 戊', '一、己', '庚', '（一）辛', '壬']);
  });

  it('has tables by rows, and layout made of tables by paragraphs', () => {
    expect(
      textOf('<table><tr><th>年份<th>贸易额<tr><td>2019<td><p>100</p></table><table><tr><td><p>甲。</p><p>乙。</p><td>丙。</table>'),
    ).toEqual(['年份\t贸易额', '2019\t100', '甲。', '乙。', '丙。']);
  });

  it('is in the canonical text once, whatever the page is made of', async () => {
    const html = '<p>甲&nbsp;&amp;乙<td>丙<table><tr>丁<td>戊</table><b><p>己</b>庚<select><option>辛</select>&#xd800;<p>甲&nbsp;&amp;乙';
    const { text } = await readBytes('html', Buffer.from(html));
    expect([...text.replace(/\s/gu, '')].sort().join('')).toBe([...'甲&乙丙丁戊己庚辛\ufffd甲&乙'].sort().join(''));
  });

  it('is refused where elements are a thousand deep in each other', () => {
    expect(() => readHtml(Buffer.from(`${'<div>'.repeat(1100)}甲。`))).toThrow(expect.objectContaining({ code: 'bad-document' }));
    expect(textOf(`${'<div>'.repeat(500)}甲。`)).toEqual(['甲。']);
  });
});

describe('the main text of a page', () => {
  const menu = '<nav><a href="/">首页</a></nav><div class="menu-left"><p>栏目导航。</p></div>';
  const foot = '<footer><p>版权所有，请勿转载。</p></footer>';

  it('is the smallest element that holds every sentence outside of navigation', () => {
    const page = `${menu}<div><p>快讯</p></div><div><div><p>一</p><p>双方同意。</p></div><div><p>双方满意。</p><p>（签字）</p></div></div>${foot}`;
    expect(blocksOf(page)).toEqual([
      'furniture: 首页',
      'furniture: 栏目导航。',
      'furniture: 快讯',
      'text: 一',
      'text: 双方同意。',
      'text: 双方满意。',
      'text: （签字）',
      'furniture: 版权所有，请勿转载。',
    ]);
  });

  it('is within the element named as content', () => {
    const teaser = '<div><p>另一篇文章的摘要。</p></div>';
    expect(blocksOf(`<div><div class="TRS_Editor"><p>双方同意扩大合作，发展贸易。</p></div>${teaser}</div>`)).toEqual([
      'text: 双方同意扩大合作，发展贸易。',
      'furniture: 另一篇文章的摘要。',
    ]);
  });

  it('is not lost where it stands in an element named like navigation, or is one sentence', () => {
    expect(blocksOf('<div class="header"><p>双方同意。</p><p>附件</p></div>')).toEqual(['text: 双方同意。', 'text: 附件']);
    expect(blocksOf('<ul><li>双方同意。</li><li>附件</li></ul>')).toEqual(['text: 双方同意。', 'text: 附件']);
  });

  it('is everything where nothing reads like a sentence', () => {
    expect(blocksOf('<nav><a href="/">首页</a></nav><div>甲</div><p>乙</p>').filter((block) => block.startsWith('text'))).toEqual([
      'text: 甲',
      'text: 乙',
    ]);
  });
});

describe('what a page says of itself', () => {
  const metadataOf = (head: string) => readHtml(Buffer.from(`${head}<p>双方同意。</p>`)).metadata;

  it('is its title, dates and source', () => {
    expect(
      metadataOf(
        '<meta name="ArticleTitle" content=" 联合声明 "><meta name="PubDate" content="2019/9/12 10:30"><meta name="ContentSource" content="新华社"><meta name="DC.date.issued" content="2019年9月11日">',
      ),
    ).toMatchObject({ title: '联合声明', date: '2019-09-11', publishedOn: '2019-09-12', source: '新华社' });
  });

  it('is left out where it is no date', () => {
    const metadata = metadataOf(
      '<title>声明_网站</title><meta name="PubDate" content="昨天"><meta name="DC.date.issued" content="2019-02-30">',
    );
    expect(metadata).toMatchObject({ title: '声明_网站', date: undefined, publishedOn: undefined });
  });

  it('is the address, by link or by the browser that saved the page', () => {
    expect(metadataOf('<link rel="canonical" href="https://example.cn/a">').source).toBe('https://example.cn/a');
    expect(metadataOf('<!-- saved from url=(0021)https://example.cn/b --><html>').source).toBe('https://example.cn/b');
    expect(metadataOf('<link rel="canonical" href="javascript:alert(1)">').source).toBeUndefined();
  });

  it('tells the printed title from the path that ends in it and from what is glued to the window’s', () => {
    const titleOf = (page: string) => blocksOf(page).filter((block) => block.startsWith('title'));
    const head = '<meta name="ArticleTitle" content="合作联合声明">';
    expect(titleOf(`${head}<div>合作联合声明</div><div><h2>合作联合声明（全文）</h2><p>双方同意。</p></div>`)).toEqual([
      'title: 合作联合声明（全文）',
    ]);
    expect(titleOf('<title>合作联合声明_外交部</title><h2>合作联合声明</h2><p>双方同意。</p>')).toEqual(['title: 合作联合声明']);
    expect(titleOf('<title>外交部</title><p>双方同意。</p>')).toEqual([]);
  });
});
