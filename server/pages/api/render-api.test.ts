import { expect, test } from 'vitest';
import { createApiRenderer } from './render-api.ts';

const EVIL = '<script>alert(1)</script>';

/** A description of one operation that takes and gives a `Note`. */
const pageOf = (note: object, example: unknown) =>
  createApiRenderer({
    info: { title: EVIL, version: '1', description: `${EVIL}\n\n- \`${EVIL}\` first\n- second` },
    tags: [{ name: 'Notes', description: EVIL }],
    paths: {
      '/notes/{noteId}': {
        post: {
          operationId: 'send',
          tags: ['Notes'],
          summary: 'Send a note',
          parameters: [{ name: 'noteId', in: 'path', required: true, schema: { type: 'string', examples: ['a b'] } }],
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' }, examples: { one: { value: example } } } },
          },
          responses: { 204: { description: 'Sent.' }, 422: { $ref: '#/components/responses/Refused' } },
        },
      },
    },
    components: {
      schemas: { Note: { type: 'object', required: ['text'], properties: note } },
      responses: { Refused: { description: 'Refused (`bad-note`)', content: { 'application/problem+json': {} } } },
    },
  })('https://notes.example');

test('no description or example becomes code of the page', () => {
  const page = pageOf({ text: { type: 'string', description: EVIL }, [EVIL]: { const: EVIL } }, { text: EVIL });
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;');
});

test('paragraphs, lists and code of a description are told apart', () => {
  expect(pageOf({}, {})).toMatch(/<p>&lt;script.*<\/p><ul><li><code>&lt;script.*<\/code> first<\/li><li>second<\/li><\/ul>/);
});

test('a field says its type, its bounds and whether it may be left out; the fields within it follow', () => {
  const page = pageOf(
    {
      text: { type: 'string', maxLength: 9 },
      marks: { type: 'array', items: { type: 'object', required: ['at'], properties: { at: { type: 'integer', minimum: 0 } } } },
    },
    {},
  );
  expect(page).toMatch(/<code>text<\/code><\/th><td><span class="type">string<\/span> <span class="limits">at most 9 characters/);
  expect(page).toMatch(/<code>marks<\/code> <span class="optional">optional<\/span><\/th><td><span class="type">array of object/);
  expect(page).toMatch(/<code>marks\[\]\.at<\/code><\/th><td><span class="type">integer<\/span> <span class="limits">at least 0/);
});

test('a call can be pasted into a shell, whatever its example holds', () => {
  const page = pageOf({}, { text: "it's $(rm -rf) `x`" });
  expect(page).toContain('curl -s &#39;https:&#x2F;&#x2F;notes.example&#x2F;notes&#x2F;a%20b&#39;');
  expect(page).toContain('-d &#39;{&quot;text&quot;:&quot;it&#39;\\&#39;&#39;s $(rm -rf) &#x60;x&#x60;&quot;}&#39;');
});

test('refusals show their codes', () => {
  expect(pageOf({}, {})).toMatch(/<dt>422<\/dt><dd><p>Refused \(<code>bad-note<\/code>\)<\/p>/);
});
