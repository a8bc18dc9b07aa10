import { z } from 'zod';
import { STATEMENT_ID } from '../statement-source.ts';

/** A request that the server answers well. Mutations start from it. */
export type BaseRequest = { method: string; path: string; contentType?: string; body?: string };

const exampleSchema = z.object({ value: z.unknown() });
const descriptionSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ examples: z.record(z.string(), exampleSchema).optional() })) })
          .optional(),
      }),
    ),
  ),
});

const PARAMETERS: Record<string, string> = { documentId: STATEMENT_ID, paragraphId: 'part-2-item-6', name: 'policy-page.js' };
const filled = (path: string) => path.replace(/:(\w+)|\{(\w+)\}/g, (_, one, other) => PARAMETERS[one ?? other] ?? 'unknown');

/** Every registered route, with the examples of the description for those that take a body, and what the pages lead to. */
export async function baseRequests(port: number, routes: readonly string[]): Promise<BaseRequest[]> {
  const served = `http://127.0.0.1:${port}`;
  const { paths } = descriptionSchema.parse(await (await fetch(`${served}/openapi.json`)).json());
  const bases: BaseRequest[] = [];
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const described = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.requestBody?.content ?? {};
    const examples = Object.entries(described).flatMap(([contentType, { examples: given = {} }]) =>
      Object.values(given).map(({ value }) => ({ method, path: filled(path), contentType, body: JSON.stringify(value) })),
    );
    bases.push(...(examples.length > 0 ? examples : [{ method, path: filled(path) }]));
  }
  const form = {
    method: 'POST',
    path: `/documents/${STATEMENT_ID}/check`,
    contentType: 'application/x-www-form-urlencoded',
    body: 'quote=%E5%8F%8C%E6%96%B9&lang=en',
  };
  const page = await (await fetch(`${served}/`)).text();
  const linked = [...page.matchAll(/(?:src|href)="(\/[^"#]+)"/g)].map(([, path = '/']) => ({ method: 'GET', path }));
  return [
    ...bases,
    form,
    ...linked,
    { method: 'GET', path: '/no-such-page' },
    { method: 'GET', path: `/documents/${STATEMENT_ID}?lang=ru&mode=plain` },
  ];
}
