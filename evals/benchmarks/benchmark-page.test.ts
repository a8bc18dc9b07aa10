import { expect, test } from 'vitest';
import { updatePage, writePart } from './benchmark-page.ts';

const part = (title: string, cell: string) =>
  writePart(
    { title, about: `About ${title}.`, measure: () => Promise.resolve([]) },
    [{ columns: ['engine'], rows: [[cell]] }],
    '2026-11-30',
  );
const ORDER = ['Quality', 'Retrieval', 'Start'];

test('a part that is measured alone leaves the others on the page as they were', () => {
  const first = updatePage('', new Map(['Quality', 'Start'].map((title) => [title, part(title, 'first')])), ORDER);
  const second = updatePage(first, new Map(['Start', 'Retrieval'].map((title) => [title, part(title, 'second')])), ORDER);
  expect(second.match(/^## .*$/gmu)).toEqual(['## Quality', '## Retrieval', '## Start']);
  expect(second.match(/first|second/gu)).toEqual(['first', 'second', 'second']);
  expect(updatePage(second, new Map(), ORDER)).toBe(second);
});

test('a part that is no more leaves the page', () => {
  const page = updatePage('', new Map([['Start', part('Start', 'first')]]), ORDER);
  expect(updatePage(page, new Map(), ['Quality'])).not.toContain('Start');
});
