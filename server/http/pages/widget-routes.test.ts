import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../../ingest/package-root.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const built = path.join(packageRoot, 'dist', 'web');

let server: TestServer;
let pinned: string[];
beforeAll(async () => {
  server = await startTestServer();
  pinned = (await readdir(path.join(built, 'widget'))).filter((name) => name.endsWith('.js'));
});
afterAll(() => server.close());

/** The bytes as they are sent, which fetch would unpack. */
function get(address: string, encoding: string): Promise<{ status?: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${address}`, { headers: { 'Accept-Encoding': encoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end();
  });
}

describe('the widget’s files', () => {
  test('are sent within the size budget, whole, to whoever takes Brotli', async () => {
    const code = await readFile(path.join(built, 'widget.js'));
    for (const encoding of ['br', 'gzip, deflate, br, zstd']) {
      const { headers, body } = await get('/widget.js', encoding);
      expect(headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=300', vary: 'Accept-Encoding' });
      expect(body.length).toBeLessThanOrEqual(6000);
      expect(brotliDecompressSync(body).equals(code)).toBe(true);
    }
    expect((await get('/widget.js', 'identity')).body.equals(code)).toBe(true);
  });

  test('are kept for ever under the names that change with their content, and may be read by any site', async () => {
    expect(pinned).toHaveLength(2);
    for (const name of pinned)
      for (const encoding of ['br', 'identity']) {
        const { status, headers } = await get(`/widget/${name}`, encoding);
        expect(status).toBe(200);
        expect(headers).toMatchObject({
          'cache-control': 'public, max-age=31536000, immutable',
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          'content-type': expect.stringMatching(/^text\/javascript/),
        });
      }
  });

  test.each(['/widget/panel.000000000000.js', '/widget/..%2F..%2F..%2Fpackage.json', '/widget/%2e%2e/%2e%2e/package.json', '/widget/'])(
    'are no others: %s',
    async (address) => {
      for (const encoding of ['br', 'identity']) {
        const { status, headers } = await get(address, encoding);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(headers['content-type']).toMatch(/^application\/problem\+json/);
        expect(String(headers['cache-control'])).not.toContain('immutable');
      }
    },
  );
});
