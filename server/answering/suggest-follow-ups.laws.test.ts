import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { writeDocuments } from '../../ingest/testing/sample-document.ts';
import { keptFolder, removeFolder } from '../../ingest/testing/temporary-folder.ts';
import { ask } from '../testing/clients/ask.ts';
import { ingestInto, STATEMENT_ID, statementOf } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { type Language, languageSchema, type Turn } from '../wire.ts';
import { askerOfOne, askForParagraph, askForPart, paragraphsOf } from './place-question.ts';
import { suggestFollowUps } from './suggest-follow-ups.ts';

/** Texts that are numbered in other ways than the statement. */
const TEXTS = {
  code: '合作条约\n双方商定如下。\n第一章 总则\n第一节 目的\n第一条 为扩大贸易。\n（一）发展能源合作。\n（二）保护河流。\n1. 共享水文数据。\n2. 联合监测水质。\n第二条 双方相互尊重。\n第二节 原则\n第三条 平等互利。\n（一）不干涉内政。\n第二章 分则\n第四条 本条约自签字之日起生效。\n第五条 本条约有效期十年。',
  chaptered:
    '第一章 总则\n第一条 为扩大贸易，制定本法。\n第二条 国家保护河流。\n第二章 分则\n第十一条 乱序。\n第三条 下列行为应当禁止：\n（一）倾倒废物；\n（二）非法取水。\n第四条 本法自公布之日起施行。',
  sections: '第一节 贸易\n双方扩大贸易。\n第二节 能源\n双方合作。\n（一）石油。\n（二）电力。',
  articles:
    'Agreement on Trade\n\nThe sides agree:\n\nArticle 1. Trade grows.\n\n(1) Goods move freely.\n\n(2) Services follow.\n\nArticle 2. Energy grows.\n\nArticle 3. Rivers are protected.\n\nDone at Beijing on 11 September 2019.\n',
  chapters: 'Chapter I\nTrade is expanded.\nQuotas end.\nChapter II\nEnergy is shared.',
  russian: 'Соглашение о торговле\n\nСтатья 1. Стороны развивают торговлю.\n\nСтатья 2. Стороны развивают энергетику.',
  list: '双方同意：\n1. 扩大贸易往来。\n2. 加强能源合作。\n3. 保护跨界河流。',
  plain: '双方举行会谈。\n双方同意合作。\n双方满意。',
};

const LANGUAGES = languageSchema.options;
/** The widget sends the turns before: a question with a subject, which a follow-up without one would take over. */
const HISTORY: Turn[] = [
  { role: 'user', content: '双方在能源领域有哪些合作？' },
  { role: 'assistant', content: '第二部分第（四）项写道：“双方将继续深化能源合作。”[1]' },
];

let root: string;
let statementServer: TestServer;
let textsServer: TestServer;

beforeAll(async () => {
  root = await keptFolder();
  const dataFolder = path.join(root, 'data');
  await ingestInto(dataFolder, [await writeDocuments(path.join(root, 'documents'), TEXTS)]);
  textsServer = await startTestServer({ dataFolder });
  statementServer = await startTestServer();
}, 60_000);
afterAll(async () => {
  await statementServer.close();
  await textsServer.close();
  await removeFolder(root);
});

const unsigned = ({ paragraphs, sections }: SourceDocument) =>
  paragraphs.filter(({ sectionId }) => sections.some((section) => section.sectionId === sectionId && section.kind !== 'signatures'));

async function citedBy(server: TestServer, question: string, language: Language, history: Turn[], documentId?: string): Promise<string[]> {
  const answer = await ask(server.url, { question, history, documentId });
  expect(answer, question).toMatchObject({ status: 'answered', language });
  return answer.citations.map(({ paragraphId }) => paragraphId);
}

/** Asks for every paragraph and every part of a document, and expects to be led to them. */
async function expectAllLeadBack(server: TestServer, document: SourceDocument, language: Language, history: Turn[], documentId?: string) {
  for (const paragraph of unsigned(document)) {
    const question = askForParagraph(document, paragraph, askerOfOne(language))?.question ?? `no question for ${paragraph.paragraphId}`;
    const [first, ...others] = await citedBy(server, question, language, history, documentId);
    expect(first, question).toBe(paragraph.paragraphId);
    // An item comes with what stands under it, and with nothing else.
    for (const other of others) expect(other, question).toMatch(new RegExp(`^${paragraph.paragraphId}-item-`));
  }
  for (const part of document.sections.filter(({ kind }) => kind === 'part')) {
    const question = askForPart(document, part, askerOfOne(language))?.question ?? `no question for ${part.sectionId}`;
    const paragraphIds = paragraphsOf(document, part).map(({ paragraphId }) => paragraphId);
    expect(await citedBy(server, question, language, history, documentId), question).toEqual(paragraphIds);
  }
}

describe.each(LANGUAGES)('law: a question for a place is answered by that place, in %s', { timeout: 60_000 }, (language) => {
  test('for every paragraph and part of the statement, alone and in a conversation', async () => {
    const statement = statementOf(statementServer.currentIndex.get());
    expect(unsigned(statement)).toHaveLength(56);
    await expectAllLeadBack(statementServer, statement, language, []);
    await expectAllLeadBack(statementServer, statement, language, HISTORY);
  });

  test.each(Object.keys(TEXTS))('for every paragraph and part of a text of another make: %s', async (documentId) => {
    const document = textsServer.currentIndex.get().documents.get(documentId);
    if (!document) throw new Error(`the index has no ${documentId}`);
    await expectAllLeadBack(textsServer, document, language, [], documentId);
  });
});

describe('law: whatever was cited', () => {
  test('one to three different questions lead on, none to what was cited or to signatures', () => {
    const statement = statementOf(statementServer.currentIndex.get());
    const places = new Map<string, string[]>();
    for (const language of LANGUAGES) {
      for (const paragraph of unsigned(statement)) {
        const asked = askForParagraph(statement, paragraph, askerOfOne(language));
        if (asked) places.set(asked.question, [paragraph.paragraphId]);
      }
      for (const part of statement.sections) {
        const asked = part.kind === 'part' ? askForPart(statement, part, askerOfOne(language)) : undefined;
        if (asked)
          places.set(
            asked.question,
            asked.paragraphs.map(({ paragraphId }) => paragraphId),
          );
      }
    }
    const citation = fc.record({
      documentId: fc.constant(STATEMENT_ID),
      paragraphId: fc.constantFrom(...statement.paragraphs.map(({ paragraphId }) => paragraphId)),
      similarity: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(citation, { minLength: 1, maxLength: 24 }), fc.constantFrom(...LANGUAGES), (citations, language) => {
        const questions = suggestFollowUps({ ...askerOfOne(language), documentOf: () => statement, questions: [] }, citations);
        expect(questions.length).toBeGreaterThanOrEqual(1);
        expect(questions.length).toBeLessThanOrEqual(3);
        expect(new Set(questions).size).toBe(questions.length);
        const cited = citations.map(({ paragraphId }) => paragraphId);
        for (const question of questions) {
          const leadsTo = places.get(question) ?? [];
          expect(
            leadsTo.some((paragraphId) => !cited.includes(paragraphId)),
            `${question} after ${cited}`,
          ).toBe(true);
        }
      }),
    );
  });
});
