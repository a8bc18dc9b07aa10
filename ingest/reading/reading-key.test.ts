import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readerVersion, readingKey } from './reading-key.ts';

describe('the version of the readers', () => {
  async function program() {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'reading'));
    const libraries = path.join(folder, 'package-lock.json');
    const reader = path.join(folder, 'reading', 'read-pdf.js');
    await writeFile(libraries, '{"pdfjs-dist":"4.10.38"}');
    await writeFile(reader, 'export const readPdf = 1;');
    return { reader, libraries, version: () => readerVersion([folder], libraries) };
  }

  it('changes with any program of ingest and with any library, and with nothing else', async () => {
    const { reader, libraries, version } = await program();
    const first = await version();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await version()).toBe(first);
    await writeFile(reader, 'export const readPdf = 2;');
    const second = await version();
    expect(second).not.toBe(first);
    await writeFile(libraries, '{"pdfjs-dist":"5.0.0"}');
    expect(new Set([first, second, await version()]).size).toBe(3);
  });

  it('is not known where nobody knows which libraries are installed', async () => {
    expect(await readerVersion([await temporaryFolder()], '/no/such/file')).toBeUndefined();
  });

  it('is known of the program that runs here', async () => {
    expect(await readerVersion()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the key of a reading', () => {
  const source = { file: '/a/report.pdf', format: 'pdf' as const, bytes: Buffer.from('%PDF-1') };
  const sidecar = { file: '/a/report.json', json: '{"title":"报告"}' };
  const key = readingKey('version', source, sidecar);

  it('is the same wherever the file lies', () => {
    expect(readingKey('version', { ...source, file: '/b/report.pdf' }, { ...sidecar, file: '/b/report.pdf.json' })).toBe(key);
  });

  it.each([
    ['the version', readingKey('other', source, sidecar)],
    ['the name', readingKey('version', { ...source, file: '/a/report-2.pdf' }, sidecar)],
    ['the bytes', readingKey('version', { ...source, bytes: Buffer.from('%PDF-2') }, sidecar)],
    ['the sidecar', readingKey('version', source, { ...sidecar, json: '{"title":"报告书"}' })],
    ['whether there is a sidecar', readingKey('version', source, { file: sidecar.file })],
  ])('is another one with %s', (_, other) => {
    expect(other).not.toBe(key);
  });
});
