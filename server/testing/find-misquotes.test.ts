import { beforeAll, describe, expect, test } from 'vitest';
import { ask, getDocument } from './clients/ask.ts';
import { findMisquotes } from './find-misquotes.ts';
import { EXPO_QUESTION, STATEMENT_ID, STATEMENT_SOURCE } from './statement.ts';
import { startTestServer } from './test-server.ts';
import type { CheckedAnswer, CheckedDocument } from './wire-schemas.ts';

let answer: CheckedAnswer;
let document: CheckedDocument;
beforeAll(async () => {
  const server = await startTestServer();
  answer = await ask(server.url, { question: EXPO_QUESTION });
  document = await getDocument(server.url, STATEMENT_ID);
  await server.close();
});

/** The answer as a faulty server would send it. */
type Change = (answer: CheckedAnswer) => void;
const faultsOf = (change: Change): string[] => {
  const changed = structuredClone(answer);
  change(changed);
  return findMisquotes(changed, document, STATEMENT_SOURCE);
};

const ofFirst =
  (change: (citation: CheckedAnswer['citations'][number]) => void): Change =>
  ({ citations: [first] }) => {
    if (first) change(first);
  };

test('the second verifier finds nothing in a true answer', () => {
  expect(faultsOf(() => {})).toEqual([]);
});

describe('the second verifier finds', () => {
  test.each<[string, Change]>([
    ['a changed character', ofFirst((citation) => (citation.quote = citation.quote.replace('上海', '北京')))],
    ['a shifted span', ofFirst((citation) => citation.start++)],
    ['another paragraph', ofFirst((citation) => (citation.paragraphId = 'part-2-item-2'))],
    ['another document', ofFirst((citation) => (citation.documentId = 'another'))],
    ['a link to elsewhere', ofFirst((citation) => (citation.url = 'http://localhost/documents/another#p'))],
    ['an altered extract', (body) => (body.answer = body.answer.replace('上海', '北京'))],
    ['a marker that leads nowhere', (body) => (body.answer += '[99]')],
    ['a sentence without a citation', (body) => (body.answer += ' 双方满意。')],
    ['invented words in any marks', (body) => (body.answer = `〝月球基地〞${body.answer}`)],
    ['an unclosed quotation', (body) => (body.answer = `${body.answer}“月球[1]`)],
    ['a citation that the text does not show', (body) => (body.answer = body.answer.replaceAll('[1]', '[2]'))],
  ])('%s', (_fault, change) => {
    expect(faultsOf(change)).not.toEqual([]);
  });
});
