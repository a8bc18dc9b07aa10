import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptFolder, removeFolder } from '../../../ingest/testing/temporary-folder.ts';
import { getDocument } from '../../testing/clients/ask.ts';
import { ingestInto, STATEMENT_FILE, STATEMENT_ID } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x2F': '/', '#x60': '`', '#x3D': '=' };
const decoded = (html: string) => html.replace(/&([#\w]+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

const pageOf = async (url: string) => {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return response.text();
};

/** The text of the element that marks a paragraph's words, as a reader gets it. */
function paragraphText(html: string, paragraphId: string): string | undefined {
  const [, text] = new RegExp(`<p id="${paragraphId}"[^>]*><span data-paragraph-text>([^<]*)</span>`, 'u').exec(html) ?? [];
  return text === undefined ? undefined : decoded(text);
}

/** The opening tags of a page by name, attributes decoded. */
const tagsOf = (html: string, name: string) => [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'giu'))].map(([tag]) => decoded(tag));

describe('the policy page', () => {
  test('holds every paragraph’s exact text in the element of its id', async () => {
    const html = await pageOf(`${server.url}/documents/${STATEMENT_ID}`);
    const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
    for (const { paragraphId, text } of paragraphs) expect(paragraphText(html, paragraphId)).toBe(text);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('loads nothing from elsewhere and has no inline code, as its policy demands', async () => {
    const html = await pageOf(`${server.url}/documents/${STATEMENT_ID}`);
    expect(tagsOf(html, 'script').map((tag) => /src="([^"]+)"/.exec(tag)?.[1])).toEqual(['/assets/policy-page.js', '/widget.js']);
    expect(tagsOf(html, 'link').map((tag) => /href="([^"]+)"/.exec(tag)?.[1])).toEqual([
      `${server.url}/documents/${STATEMENT_ID}`,
      '/assets/icon.svg',
      '/assets/policy-page.css',
    ]);
    for (const name of ['style', 'img', 'iframe', 'object']) expect(tagsOf(html, name)).toEqual([]);
    for (const tag of tagsOf(html, '[a-z]+')) expect(tag).not.toMatch(/\s(?:style|on\w+)=|javascript:/i);
  });

  test('is the front page where there is one document, in that document’s language', async () => {
    const html = await pageOf(`${server.url}/`);
    expect(html === (await pageOf(`${server.url}/documents/${STATEMENT_ID}`))).toBe(true);
    expect(tagsOf(html, 'html')).toEqual(['<html lang="zh-Hans">']);
  });

  test('tells search engines and messengers what it is', async () => {
    const html = await pageOf(`${server.url}/documents/${STATEMENT_ID}`);
    const { title, sha256 } = await getDocument(server.url, STATEMENT_ID);
    const description =
      '应中华人民共和国主席习近平邀请，哈萨克斯坦共和国总统卡西姆若马尔特·克梅列维奇·托卡耶夫于2019年9月10日至12日对中华人民共和国进行国事访问。';
    expect(tagsOf(html, 'meta')).toEqual(
      expect.arrayContaining([
        `<meta name="description" content="${description}">`,
        '<meta property="og:type" content="article">',
        `<meta property="og:title" content="${title}">`,
        `<meta property="og:description" content="${description}">`,
        `<meta property="og:url" content="${server.url}/documents/${STATEMENT_ID}">`,
        '<meta property="og:locale" content="zh_CN">',
        '<meta property="og:site_name" content="Youju 有据">',
        '<meta itemprop="inLanguage" content="zh-Hans">',
      ]),
    );
    expect(html).not.toContain('noindex');
    expect(tagsOf(html, 'body')).toEqual(['<body itemscope itemtype="https://schema.org/DigitalDocument">']);
    const properties = [...html.matchAll(/itemprop="(\w+)"/g)].map(([, name]) => name);
    const named = ['name', 'dateCreated', 'inLanguage', 'url', 'locationCreated', 'author', 'identifier'];
    expect(properties).toEqual(expect.arrayContaining(named));
    expect(properties.filter((name) => name === 'author').length).toBe(2);
    expect(html).toContain(`<code itemprop="value">${sha256}</code>`);
  });

  test('numbers the paragraphs that print no number, outside their text, and names each in its link', async () => {
    const html = await pageOf(`${server.url}/documents/${STATEMENT_ID}`);
    const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
    const links = tagsOf(html, 'a').filter((tag) => tag.includes('class="permalink"'));
    expect(links.length).toBe(paragraphs.length);
    for (const [index, { paragraphId, label }] of paragraphs.entries()) {
      expect(links[index]).toContain(`href="#${paragraphId}"`);
      expect(links[index]).toContain(`aria-label="${label}"`);
      expect(/data-number="(\d+)"/.exec(links[index] ?? '')?.[1]).toBe(/^(?!sign).*-p(\d+)$/.exec(paragraphId)?.[1]);
    }
  });
});

describe('large print', () => {
  const large = '?view=elder-friendly';

  test('is asked for by an address that the page links to and does not pass on', async () => {
    const standard = await pageOf(`${server.url}/documents/${STATEMENT_ID}`);
    expect(tagsOf(standard, 'a')).toContain(`<a class="mode" href="/documents/${STATEMENT_ID}${large}">`);
    for (const path of [`/documents/${STATEMENT_ID}`, '/']) {
      const html = await pageOf(`${server.url}${path}${large}`);
      expect(tagsOf(html, 'html')).toEqual(['<html lang="zh-Hans" class="elder-friendly">']);
      expect(tagsOf(html, 'a')).toContain(`<a class="mode" href="/documents/${STATEMENT_ID}">`);
      expect(tagsOf(html, 'link')).toContain(`<link rel="canonical" href="${server.url}/documents/${STATEMENT_ID}">`);
      expect(tagsOf(html, 'script').filter((tag) => tag.includes(' data-elder-friendly')).length).toBe(1);
      expect(tagsOf(html, 'form')).toEqual([`<form method="post" action="/documents/${STATEMENT_ID}/check${large}#quote-check">`]);
    }
  });

  test.each(['?view=', '?view=tiny', '?view=elder-friendly&view=elder-friendly', '?view[]=elder-friendly'])(
    'is not what %s asks for',
    async (query) => {
      const html = await pageOf(`${server.url}/documents/${STATEMENT_ID}${query}`);
      expect(tagsOf(html, 'html')).toEqual(['<html lang="zh-Hans">']);
      expect(html).not.toContain('data-elder-friendly');
    },
  );
});

describe('the language of the page’s own words', () => {
  const page = `/documents/${STATEMENT_ID}`;

  test('is the one asked for; the document’s words keep theirs', async () => {
    const html = await pageOf(`${server.url}${page}?language=ru`);
    const { title, paragraphs } = await getDocument(server.url, STATEMENT_ID);
    expect(tagsOf(html, 'html')).toEqual(['<html lang="ru">']);
    expect(html).toContain('Перейти к тексту');
    expect(html).toContain('11 сентября 2019 г.');
    expect(html).toContain(`<title lang="zh-Hans">${title}</title>`);
    expect(tagsOf(html, 'article').filter((tag) => tag.includes('lang="zh-Hans"')).length).toBe(1);
    for (const { paragraphId, text } of paragraphs) expect(paragraphText(html, paragraphId)).toBe(text);
    expect(tagsOf(html, 'a')).toContain(
      '<a class="permalink" href="#closing-p1" lang="ru" aria-label="Заключение, абзац 1" data-number="1">',
    );
    expect(tagsOf(html, 'meta')).toContain('<meta property="og:locale" content="zh_CN">');
    expect(tagsOf(html, 'link')).toContain(`<link rel="canonical" href="${server.url}${page}">`);
  });

  test.each(['ru', 'kk', 'en', 'zh-Hant', 'zh-Hans'])(
    'is switched by a link to each of the five, the present one marked: %s',
    async (shown) => {
      const html = await pageOf(`${server.url}${page}?view=elder-friendly&language=${shown}`);
      const links = tagsOf(html, 'a').filter((tag) => tag.includes('hreflang'));
      expect(links).toEqual(
        ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'].map((language) => {
          const current = language === shown ? ' aria-current="true"' : '';
          return `<a href="${page}?language=${language}&view=elder-friendly" lang="${language}" hreflang="${language}"${current}>`;
        }),
      );
    },
  );

  test('is kept by the form, its outcome, its address and the way to large print', async () => {
    const html = await pageOf(`${server.url}${page}?language=kk`);
    expect(tagsOf(html, 'a')).toContain(`<a class="mode" href="${page}?language=kk&view=elder-friendly">`);
    const action = `${page}/check?language=kk`;
    expect(tagsOf(html, 'form')).toEqual([`<form method="post" action="${action}#quote-check">`]);
    const checked = await fetch(`${server.url}${action}`, {
      method: 'POST',
      body: new URLSearchParams({ quote: '本声明于2019年9月11日' }),
    });
    const outcome = await checked.text();
    expect(outcome).toContain('Сөзбе-сөз сәйкес');
    expect(outcome).toContain('<a href="#closing-p1">Қорытынды');
    const again = await fetch(`${server.url}${action}`, { redirect: 'manual' });
    expect([again.status, again.headers.get('location')]).toEqual([303, `${page}?language=kk`]);
  });

  test.each(['?language=', '?language=de', '?language=RU', '?language=ru&language=kk', '?language[]=ru'])(
    'is the document’s where %s asks for none that we have, whatever the browser prefers',
    async (query) => {
      const response = await fetch(`${server.url}${page}${query}`, { headers: { 'Accept-Language': 'ru' } });
      expect(tagsOf(await response.text(), 'html')).toEqual(['<html lang="zh-Hans">']);
    },
  );
});

const ATTACK = '<img src=x onerror=alert(1)><script>alert(2)</script>{{title}}&amp;"\'';
const TEXT = '双方满意。\n双方友好。\n';

/** Documents with metadata that an editor may get wrong, or a stranger may have written. */
const ODD_DOCUMENTS: Record<string, { text: string; metadata: Record<string, unknown> }> = {
  hostile: {
    text: `${ATTACK}双方满意。\n第二段：${ATTACK}\n`,
    metadata: { title: `声明${ATTACK}`, place: ATTACK, parties: [ATTACK], source: 'https://a.example/"><script>alert(3)</script>' },
  },
  'source-script': { text: `${TEXT}1`, metadata: { source: 'javascript:alert(1)' } },
  'source-data': { text: `${TEXT}2`, metadata: { source: 'data:text/html,<script>alert(1)</script>' } },
  'source-words': { text: `${TEXT}3`, metadata: { source: 'saved by hand' } },
  'source-web': { text: `${TEXT}4`, metadata: { source: 'https://mfa.example/a?b=1&c=2' } },
  english: { text: 'Both sides agree.\nThey met.\n', metadata: { title: 'Agreement', language: 'en', date: '2021-01-01' } },
  'unknown-tag': { text: `${TEXT}5`, metadata: { title: '甲', language: 'zh_CN', date: '2020-02-29' } },
};

describe('the pages of documents with odd metadata', () => {
  let odd: TestServer;
  let folder: string;

  beforeAll(async () => {
    folder = await keptFolder();
    for (const [name, { text, metadata }] of Object.entries(ODD_DOCUMENTS)) {
      await writeFile(path.join(folder, `${name}.txt`), text);
      await writeFile(path.join(folder, `${name}.json`), JSON.stringify(metadata));
    }
    const dataFolder = path.join(folder, 'data');
    await ingestInto(dataFolder, [folder]);
    odd = await startTestServer({ dataFolder });
  });
  afterAll(async () => {
    await odd.close();
    await removeFolder(folder);
  });

  test('show markup in title, place, parties and text as text', async () => {
    const html = await pageOf(`${odd.url}/documents/hostile`);
    expect(tagsOf(html, 'script').map((tag) => /src="([^"]+)"/.exec(tag)?.[1])).toEqual(['/assets/policy-page.js', '/widget.js']);
    expect(tagsOf(html, 'img')).toEqual([]);
    const { title, paragraphs } = await getDocument(odd.url, 'hostile');
    expect(title).toBe(`声明${ATTACK}`);
    expect(decoded(html).includes(`<title lang="zh-Hans">声明${ATTACK}</title>`)).toBe(true);
    expect(paragraphs.filter(({ text }) => text.includes(ATTACK)).length).toBeGreaterThan(0);
    for (const { paragraphId, text } of paragraphs) expect(paragraphText(html, paragraphId)).toBe(text);
  });

  test('have no heading and no contents where the text has none', async () => {
    const html = await pageOf(`${odd.url}/documents/english`);
    expect([...html.matchAll(/<h2[^>]*>\s*<\/h2>/g)]).toEqual([]);
    expect(html).not.toContain('href="#section-');
  });

  test('keep large print and the language from the list to the document and back', async () => {
    const query = '?language=ru&view=elder-friendly';
    const list = await pageOf(`${odd.url}/${query}`);
    expect(tagsOf(list, 'html')).toEqual(['<html lang="ru" class="elder-friendly">']);
    expect(list).toContain('1 января 2021 г.');
    expect(tagsOf(list, 'a')).toContain(`<a href="/documents/english${query}">`);
    const html = await pageOf(`${odd.url}/documents/english${query}`);
    expect(tagsOf(html, 'a')).toContain(`<a class="to-list" href="/documents${query}">`);
  });

  test.each([
    ['source-script', false],
    ['source-data', false],
    ['source-words', false],
    ['source-web', true],
  ])('make a link of a source that is a web address, and of no other: %s', async (name, isLink) => {
    const links = tagsOf(await pageOf(`${odd.url}/documents/${name}`), 'a');
    expect(links.includes(`<a href="${String(ODD_DOCUMENTS[name]?.metadata['source'])}">`)).toBe(isLink);
  });

  test('are listed on the front page, titles as text, each with its link and date', async () => {
    const html = await pageOf(`${odd.url}/`);
    expect(tagsOf(html, 'img')).toEqual([]);
    expect(html).toContain('January 1, 2021');
    const links = tagsOf(html, 'a');
    for (const name of Object.keys(ODD_DOCUMENTS)) {
      expect(links).toContain(`<a href="/documents/${name}">`);
      await pageOf(`${odd.url}/documents/${name}`);
    }
  });
});

describe('what pages load', () => {
  test('the widget may be embedded by any site', async () => {
    const response = await fetch(`${server.url}/widget.js`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect((await response.text()).length).toBeGreaterThan(1000);
  });

  test.each([
    ['policy-page.css', 'text/css; charset=utf-8'],
    ['policy-page.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
  ])('/assets/%s', async (name, type) => {
    const response = await fetch(`${server.url}/assets/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('cache-control')).toContain('max-age');
  });

  test('the original file of the statement is not served', async () => {
    for (const target of [`/assets/${path.basename(STATEMENT_FILE)}`, '/ingest/documents', '/package.json', '/.env'])
      expect((await fetch(`${server.url}${target}`)).status).toBe(404);
  });
});
