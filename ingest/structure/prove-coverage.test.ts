import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, statementFile } from '../testing/sample-document.ts';
import type { SourceDocument } from './document.ts';
import { proveCoverage } from './prove-coverage.ts';

const text = '声明标题\n序言如下。\n一、贸易\n（一）甲。\n（二）乙。\n二、能源\n丙。';
const bytes = Buffer.from(text);
const sample = documentOf(text);
const broken = expect.objectContaining({ code: 'coverage-broken', message: expect.stringContaining('sample') });

const alter = (changes: Partial<SourceDocument>): SourceDocument => ({ ...sample, ...changes });

describe('proveCoverage', () => {
  it('accepts the joint statement', () => {
    const source = readFileSync(statementFile);
    expect(() => proveCoverage(documentOf(source.toString('utf8')), source)).not.toThrow();
  });

  it('refuses a document whose segments skip one character, wherever', () => {
    fc.assert(
      fc.property(fc.nat(sample.segments.length - 1), fc.boolean(), (index, atStart) => {
        const segments = sample.segments.map((segment, position) => {
          if (position !== index) return segment;
          return atStart ? { ...segment, start: segment.start + 1 } : { ...segment, end: segment.end - 1 };
        });
        expect(() => proveCoverage(alter({ segments }), bytes)).toThrow(broken);
      }),
    );
  });

  it('refuses a document with a segment missing or twice', () => {
    fc.assert(
      fc.property(fc.nat(sample.segments.length - 1), fc.boolean(), (index, twice) => {
        const segments = sample.segments.flatMap((segment, position) => {
          if (position !== index) return [segment];
          return twice ? [segment, segment] : [];
        });
        expect(() => proveCoverage(alter({ segments }), bytes)).toThrow(broken);
      }),
    );
  });

  it('refuses a text that is not the source, if only in one byte', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const other = Buffer.from(bytes);
        other[index] = (other[index] ?? 0) ^ change;
        expect(() => proveCoverage(sample, other)).toThrow(broken);
      }),
    );
    expect(() => proveCoverage(sample, bytes.subarray(0, -1))).toThrow(broken);
  });

  it('refuses a paragraph with other words than the source has', () => {
    const paragraphs = sample.paragraphs.map((paragraph, index) => (index === 1 ? { ...paragraph, text: '（一）假。' } : paragraph));
    expect(() => proveCoverage(alter({ paragraphs }), bytes)).toThrow(broken);
  });

  it('refuses a paragraph too few', () => {
    expect(() => proveCoverage(alter({ paragraphs: sample.paragraphs.slice(1) }), bytes)).toThrow(broken);
  });

  it('refuses two paragraphs with one id', () => {
    const paragraphs = sample.paragraphs.map((paragraph) => ({ ...paragraph, paragraphId: 'body-p1' }));
    expect(() => proveCoverage(alter({ paragraphs }), bytes)).toThrow(broken);
  });
});
