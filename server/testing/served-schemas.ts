import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';

const contentSchema = z.record(z.string(), z.looseObject({ examples: z.record(z.string(), z.object({ value: z.unknown() })).optional() }));
const responseSchema = z.looseObject({ $ref: z.string().optional(), content: contentSchema.optional() });
const operationSchema = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  requestBody: z.looseObject({ content: contentSchema }).optional(),
  responses: z.record(z.string(), responseSchema),
});
const METHODS = ['get', 'post', 'put', 'delete'] as const;
/** As much of an OpenAPI document as the tests walk through. */
const descriptionSchema = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), operationSchema)),
  components: z.looseObject({ responses: z.record(z.string(), responseSchema), schemas: z.record(z.string(), z.unknown()) }),
});
export type ServedDescription = z.infer<typeof descriptionSchema>;

export async function fetchDescription(server: string): Promise<ServedDescription> {
  return descriptionSchema.parse(await (await fetch(`${server}/openapi.json`)).json());
}

/** Every operation, as `GET /path`. */
export const operationsOf = ({ paths }: ServedDescription) =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ name: `${method.toUpperCase()} ${path}`, path, method, ...operation }] : [];
    }),
  );

const recordSchema = z.record(z.string(), z.unknown());

/** The same schemas without room for fields that nobody described. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => [
    key,
    key === 'example' || key === 'examples' ? value : closed(value),
  ]);
  const copy = Object.fromEntries(entries);
  const isOpen = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy);
  return isOpen ? { ...copy, additionalProperties: false } : copy;
}

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Validates by the schemas of a served document, and by nothing of ours. */
export class ServedSchemas {
  readonly #ajv: Ajv2020;

  constructor(description: ServedDescription, strictness: 'closed' | 'as served') {
    // OpenAPI has keywords beyond JSON Schema: `discriminator`, `example`.
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(this.#ajv);
    const { components, paths } = description;
    const document = { components, paths };
    this.#ajv.addSchema(strictness === 'closed' ? recordSchema.parse(closed(document)) : document, 'api');
  }

  /** What a value breaks of the schema at a JSON pointer of the document; nothing where it fits. */
  faults(pointer: readonly string[], value: unknown): string[] {
    const validate = this.#ajv.getSchema(`api#/${pointer.map(escaped).join('/')}`);
    if (!validate) throw new Error(`the description has nothing at ${pointer.join('/')}`);
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  requestFaults(path: string, body: unknown): string[] {
    return this.faults(['paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema'], body);
  }
}
