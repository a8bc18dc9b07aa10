import { encodeGb18030 } from './encode-text.ts';
import { numbered, wordLevel, wordList, wordListUse, wordParagraph, writeDocx } from './write-docx.ts';
import { PDF_PAGE, type PdfLine, writePdf } from './write-pdf.ts';

/** A statement of our own, in lines: depth 1 are parts, 2 and 3 items below them, 0 is text. */
type SampleLine = { depth: 0 | 1 | 2 | 3; number: string; text: string };

export const SAMPLE_TITLE = '东海国和西山国关于深化合作的联合声明';
const text = (words: string): SampleLine => ({ depth: 0, number: '', text: words });

const LINES: SampleLine[] = [
  text(
    '应西山国总统邀请，东海国总统于2024年5月4日至6日对西山国进行国事访问。两国元首在友好的气氛中举行会谈，就双边关系和共同关心的国际问题深入交换意见，达成广泛共识。',
  ),
  text('双方重申遵守两国建交联合公报的各项原则，一致同意进一步深化各领域合作，造福两国人民。'),
  { depth: 1, number: '一、', text: '政治互信' },
  text('双方强调，在涉及彼此核心利益的问题上继续相互坚定支持，是两国关系的重要内容。'),
  text('双方将保持高层交往，充分发挥政府间合作委员会的作用，全面落实两国已经签署的各项文件，并就重大问题及时沟通和协调立场。'),
  { depth: 1, number: '二、', text: '务实合作' },
  text('双方商定采取以下措施：'),
  { depth: 2, number: '（一）', text: '扩大贸易规模，优化贸易结构。双方将在5年内使双边贸易额达到200亿美元，并为农产品准入创造便利条件。' },
  { depth: 2, number: '（二）', text: '加强能源合作，重点是：' },
  { depth: 3, number: '1. ', text: '油气管道的安全运营和扩建；' },
  { depth: 3, number: '2. ', text: '风电、太阳能等可再生能源项目的联合建设，以及电网互联互通的可行性研究。' },
  { depth: 2, number: '（三）', text: '共同保护跨界河流的水质和生态。' },
  text('本声明于2024年5月6日在西山城签署，一式两份，每份用东海文和西山文写成，两种文本同等作准。'),
];
const SIGNATURES = ['东海国总统（签字）', '西山国总统（签字）'] as const;

/** The statement as plain text, line by line. */
export const sampleText = [SAMPLE_TITLE, ...LINES.map(({ number, text: words }) => number + words), SIGNATURES.join('\t')].join('\n');

/** The page of a government site as a browser saves it: GB 18030, navigation, scripts, paragraphs indented with ideographic spaces. */
export function samplePage(): Buffer {
  const paragraphs = LINES.map(({ number, text: words }) => `<p style="text-indent: 2em"><span>\u3000\u3000${number}${words}</span></p>`);
  return encodeGb18030(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<!-- saved from url=(0044)https://www.example.cn/web/zyxw/t1234567.shtml -->
<html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; charset=GB2312">
<title>${SAMPLE_TITLE}_东海国外交部</title>
<meta name="ArticleTitle" content="${SAMPLE_TITLE}"><meta name="PubDate" content="2024-05-07 09:30"><meta name="ContentSource" content="外交部网站">
<style>.nav { color: red; }</style><script>var a = "<p>不是正文。</p>";</script></head>
<body><div class="header"><a href="/">首页</a><ul class="nav"><li><a href="/a">外交部长</a></li><li><a href="/b">国家和组织</a></li></ul></div>
<div class="breadcrumb">首页 &gt; 重要新闻 &gt; ${SAMPLE_TITLE}</div>
<div id="News_Body"><h1>${SAMPLE_TITLE}</h1><div class="time">2024-05-07 09:30</div><div class="tools">[字体：大 中 小] 打印本页</div>
<div id="News_Body_Txt_A">
${paragraphs.join('\n')}
<table><tbody><tr><td>${SIGNATURES[0]}</td><td>${SIGNATURES[1]}</td></tr></tbody></table>
<div style="display:none">隐藏的文字。</div></div></div>
<div class="related"><a href="/c">东海国外长会见西山国大使。</a></div>
<div class="footer">版权所有：东海国外交部。未经许可，请勿转载。联系我们。</div><script src="t.js"></script></body></html>`);
}

export function sampleMarkdown(): Buffer {
  const blocks = LINES.map(({ depth, number, text: words }) => `${depth === 1 ? '## ' : ''}${number}${words}`);
  const table = `<table><tr><td>${SIGNATURES[0]}</td><td>${SIGNATURES[1]}</td></tr></table>`;
  const matter = '---\ntitle: 另一标题\ndate: 2024-05-06\nplace: 西山城\n---\n';
  return Buffer.from([matter, `# ${SAMPLE_TITLE}`, ...blocks, table].join('\n\n'));
}

/** Numbers as Word computes them: none of them stands in the text. */
export function sampleDocx(): Buffer {
  const paragraphs = LINES.map(({ depth, text: words }) => wordParagraph(words, depth === 0 ? '' : numbered(1, depth - 1)));
  const cells = SIGNATURES.map((signature) => `<w:tc>${wordParagraph(signature)}</w:tc>`);
  const levels = [
    wordLevel(0, 'chineseCountingThousand', '%1、'),
    wordLevel(1, 'chineseCountingThousand', '（%2）'),
    wordLevel(2, 'decimal', '%3.'),
  ];
  return writeDocx(
    [wordParagraph(SAMPLE_TITLE, '<w:pStyle w:val="a3"/>'), ...paragraphs, `<w:tbl><w:tr>${cells.join('')}</w:tr></w:tbl>`].join(''),
    {
      numbering: wordList(0, ...levels) + wordListUse(1, 0),
      styles: '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>',
      title: 'Microsoft Word - 文档1.docx',
    },
  );
}

const SIZE = 14;
const COLUMN = { left: 80, characters: 30, top: 740, lines: 13, spacing: 26 };

/** Set in lines of thirty characters and pages of thirteen lines, with a running header and page numbers. */
export function samplePdf(): Buffer {
  const lines = LINES.flatMap(({ number, text: words }) => setInLines(`\u3000\u3000${number}${words}`));
  const pages: PdfLine[][] = [];
  const title = { x: (PDF_PAGE.width - SAMPLE_TITLE.length * 20) / 2, y: COLUMN.top + 40, size: 20, text: SAMPLE_TITLE };
  for (let start = 0; start < lines.length; start += COLUMN.lines) {
    const number = pages.length + 1;
    const page = lines.slice(start, start + COLUMN.lines).map((line, index) => ({ ...line, y: COLUMN.top - index * COLUMN.spacing }));
    const running = [
      { x: 250, y: 810, size: 9, text: '东海国条约集' },
      { x: 285, y: 30, size: 9, text: `— ${number} —` },
    ];
    pages.push([...running, ...(number === 1 ? [title] : []), ...page]);
  }
  const y = (pages.at(-1)?.at(-1)?.y ?? 0) - 2 * COLUMN.spacing;
  pages.at(-1)?.push({ x: 100, y, size: SIZE, text: SIGNATURES[0] }, { x: 340, y, size: SIZE, text: SIGNATURES[1] });
  return writePdf(pages, { title: SAMPLE_TITLE });
}

/** Breaks as a word processor does: no line begins with a closing mark. Every character is an em wide here. */
function setInLines(paragraph: string): PdfLine[] {
  const lines: PdfLine[] = [];
  for (let rest = paragraph; rest !== ''; ) {
    const end = COLUMN.characters + (/^[，。；：、）]/u.test(rest.slice(COLUMN.characters)) ? -1 : 0);
    const line = rest.slice(0, end);
    const indent = line.length - line.trimStart().length;
    lines.push({ x: COLUMN.left + indent * SIZE, y: 0, size: SIZE, text: line.trim() });
    rest = rest.slice(end);
  }
  return lines;
}
