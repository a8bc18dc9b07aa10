import type { ContentOutline, DescriptionOutline, OperationOutline, ParameterOutline, ResponseOutline } from './description-outline.ts';
import { referredName } from './description-outline.ts';
import { rowOf, rowsOf, typeOf } from './schema-view.ts';
import { textView } from './text-view.ts';

type Described = { path: string; method: string; operation: OperationOutline };

/** An operation with everything that a caller needs to know of it. */
export function operationView({ path, method, operation }: Described, description: DescriptionOutline, server: string) {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    text: textView(operation.description),
    needsToken: (operation.security ?? []).length > 0,
    parameters: parameters.length > 0 ? { caption: `Parameters of ${operationId}`, rows: parameters.map(parameterRow) } : undefined,
    request: requestBody ? { contents: contentsOf(requestBody.content, `Body of ${operationId}`) } : undefined,
    responses: Object.entries(responses).map(([status, response]) => responseView(status, response, description)),
    command: commandFor({ path, method, operation }, server),
  };
}

const parameterRow = ({ name, in: place, required = false, description, schema }: ParameterOutline) => ({
  ...rowOf(name, schema, required, description),
  place,
});

function responseView(status: string, response: ResponseOutline, { components }: DescriptionOutline) {
  const { description, content = {} } =
    (response.$ref === undefined ? undefined : components.responses[referredName(response.$ref)]) ?? response;
  const isProblem = 'application/problem+json' in content;
  return {
    status,
    text: textView(description),
    // What is refused has one shape, and its codes are in its description.
    contents: isProblem ? [] : contentsOf(content, `Body of status ${status}`),
  };
}

const contentsOf = (content: ContentOutline, caption: string) =>
  Object.entries(content).map(([mediaType, { schema, examples = {} }]) => {
    const rows = schema ? rowsOf(schema) : [];
    return {
      mediaType,
      type: schema && { parts: typeOf(schema) },
      table: rows.length > 0 ? { caption, rows } : undefined,
      examples: Object.entries(examples).map(([name, { value }]) => ({ name, code: codeOf(value) })),
    };
  });

const codeOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** In single quotes a shell takes everything but a single quote. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The call on a command line, with the first example of each part. */
function commandFor({ path, method, operation }: Described, server: string): string {
  const values = new Map((operation.parameters ?? []).map(({ name, schema }) => [name, schema.examples?.[0]]));
  const address = path.replace(/\{(\w+)\}/g, (placeholder, name: string) => encodeURIComponent(String(values.get(name) ?? placeholder)));
  const [example] = Object.values(operation.requestBody?.content['application/json']?.examples ?? {});
  const options = [
    ...((operation.security ?? []).length > 0 ? ['-H "Authorization: Bearer $API_TOKEN"'] : []),
    ...(operation['x-accept'] === undefined ? [] : [`-H ${quoted(`Accept: ${operation['x-accept']}`)}`]),
    ...(example ? ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(example.value))}`] : []),
  ];
  const verb = method === 'get' || example ? '' : `-X ${method.toUpperCase()} `;
  return [`curl -s ${verb}${quoted(`${server}${address}`)}`, ...options].join(' \\\n  ');
}
