import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCurrentIndex } from '../../../ingest/index/open-generation.ts';
import { writeDocuments } from '../../../ingest/testing/sample-document.ts';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { ingestSisters } from '../../testing/sister-documents.ts';
import { ingestInto } from '../../testing/statement.ts';
import { shadowOf } from '../understand-question.ts';
import { catalogueOf, type DocumentCatalogue } from './document-catalogue.ts';
import { findNamedDocuments } from './name-documents.ts';

let catalogue: DocumentCatalogue;
let remove: () => Promise<void>;

beforeAll(async () => {
  const sisters = await ingestSisters();
  remove = sisters.remove;
  catalogue = catalogueOf(await openCurrentIndex(sisters.dataFolder));
});
afterAll(() => remove());

const namedBy = (question: string) => findNamedDocuments(shadowOf(question), catalogue)?.documentIds;

describe('a document is named', () => {
  test.each([
    ['2015年的声明里，贸易额要达到多少？', ['statement-2015']],
    ['二〇一五年的联合声明说了什么', ['statement-2015']],
    ['2015年聯合聲明的貿易額', ['statement-2015']],
    ['2017年6月20日的联合声明', ['statement-2017']],
    ['2017年的公报', ['communique-2017']],
    ['2017年的文件', ['communique-2017', 'statement-2017']],
    ['2015年和2019年的声明有什么不同', ['statement-2019', 'statement-2015']],
    ['在平阳签署的声明', ['statement-2017']],
    ['平阳声明讲了什么', ['statement-2017']],
    ['最新的声明', ['statement-2019']],
    ['第一份声明', ['statement-2015']],
    ['《滨海共和国和高原共和国联合声明》（2015年12月14日）第二部分讲什么', ['statement-2015']],
    ['政府首脑会晤联合公报', undefined],
    ['《滨海共和国和高原共和国政府首脑会晤联合公报》', ['communique-2017']],
    ['What does the 2015 joint statement say about trade?', ['statement-2015']],
    ['Summarise the 2017 communiqué', ['communique-2017']],
    ['the statement of 20 June 2017', ['statement-2017']],
    ['the statements of 2015 and 2019', ['statement-2019', 'statement-2015']],
    ['the latest statement on students', ['statement-2019']],
    ['the statement signed in 2015', ['statement-2015']],
    ['Что сказано в заявлении 2015 года о торговле?', ['statement-2015']],
    ['в совместном заявлении от 28 октября 2019 года', ['statement-2019']],
    ['последнее заявление', ['statement-2019']],
    ['2015 жылғы мәлімдемеде сауда туралы не айтылған?', ['statement-2015']],
    ['2017 жылғы 20 маусымдағы бірлескен мәлімдеме', ['statement-2017']],
  ])('by %s', (question, documentIds) => {
    expect(namedBy(question)).toEqual(documentIds);
  });
});

describe('a year that stands there as content names none', () => {
  test.each([
    '到2020年贸易额要达到多少？',
    '2014年签署的水资源协定是怎么提到的？',
    '2018年的商品博览会在哪里举办？',
    '2013年签署的联合宣言叫什么名字？',
    'Which agreement was signed in 2014?',
    'trade by 2020',
    'объем торговли к 2020 году',
    '2020 жылға дейін сауда көлемі',
  ])('%s', (question) => {
    expect(namedBy(question)).toBeUndefined();
  });
});

test('a year that no document has is told, where one looks into a document of it', () => {
  for (const question of [
    '2016年的声明对贸易怎么说？',
    'What did the 2016 statement say?',
    'в заявлении 2016 года',
    '2016 жылғы мәлімдемеде',
  ])
    expect(findNamedDocuments(shadowOf(question), catalogue)).toMatchObject({ documentIds: [], missingYears: ['2016'] });
});

test('a title names its document as words of their own, and one word alone only where it is marked', async () => {
  const folder = await temporaryFolder();
  const titles = { oxygen: 'Oxygen', 'public-works': 'Construction of public works', 'road-works': 'Road works' };
  const documents = await writeDocuments(path.join(folder, 'documents'), {
    oxygen: '氧是一种化学元素。',
    'public-works': '公共工程由国家建设。',
    'road-works': '道路工程由地方建设。',
  });
  for (const [name, title] of Object.entries(titles)) await writeFile(path.join(documents, `${name}.json`), JSON.stringify({ title }));
  await ingestInto(path.join(folder, 'data'), [documents]);
  const works = catalogueOf(await openCurrentIndex(path.join(folder, 'data')));
  const named = (question: string) => findNamedDocuments(shadowOf(question), works)?.documentIds;
  expect(named('Who discovered oxygen?')).toBeUndefined();
  expect(named('What does “Oxygen” say?')).toEqual(['oxygen']);
  expect(named('Who pays for the construction of public works?')).toEqual(['public-works']);
  expect(named('Who pays for the reconstruction of public works?')).toBeUndefined();
});
