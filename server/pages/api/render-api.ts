import mustache from 'mustache';
import { readPageFile } from '../page-texts.ts';
import { type DescriptionOutline, descriptionSchema, operationsOf } from './description-outline.ts';
import { operationView } from './operation-view.ts';
import { schemaView } from './schema-view.ts';
import { textView } from './text-view.ts';

/** Stands for the address until that is known. Drawing the page takes 17 ms, and a Host header may claim any address. */
const ANY_SERVER = 'https-any-server';

const PARTIALS = ['api-operation', 'api-contents', 'api-table', 'api-type', 'api-text'];

/**
 * Reads the templates; the page of an OpenAPI document, at an address of the server, is then filled in. Drawn here and not by a viewer
 * from npm: rapidoc 9.3, redoc 2.5 and Scalar 1.46 are 180 to 790 kB of script as Brotli, with code made from strings and the addresses
 * of others' fonts and services in it; redoc 3 wants Node 22 and reports by OpenTelemetry, swagger-ui installs a tracker. This page is
 * 12 kB and is read without a script.
 */
export function createApiRenderer(described: unknown): (server: string) => string {
  const template = readPageFile('api-page.mustache');
  const partials = Object.fromEntries(PARTIALS.map((name) => [name, readPageFile(`${name}.mustache`)]));
  const page = mustache.render(template, pageView(descriptionSchema.parse(described), ANY_SERVER), partials);
  return (server) => page.replaceAll(ANY_SERVER, mustache.escape(server));
}

const idOf = (group: string) => `group-${group.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

function pageView(description: DescriptionOutline, server: string) {
  const { info, tags, components } = description;
  const operations = operationsOf(description);
  return {
    title: `${info.title} API`,
    version: info.version,
    text: textView(info.description),
    server,
    groups: tags.map(({ name, description: words }) => ({
      name,
      id: idOf(name),
      text: textView(words),
      operations: operations
        .filter(({ operation }) => operation.tags[0] === name)
        .map((operation) => operationView(operation, description, server)),
    })),
    schemas: Object.entries(components.schemas)
      .map(([name, schema]) => schemaView(name, schema))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
