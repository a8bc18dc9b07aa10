import { referredName, type SchemaOutline } from './description-outline.ts';
import { type TextView, textView } from './text-view.ts';

/** A type in words: what it says, and the schemas that it names. */
export type TypePart = { words: string } | { schema: string };

export type RowView = { name: string; type: TypePart[]; isRequired: boolean; limits: string; text: TextView | undefined };

const words = (text: string): TypePart[] => [{ words: text }];

function joined(types: TypePart[][], separator: string): TypePart[] {
  return types.flatMap((type, index) => (index === 0 ? type : [...words(separator), ...type]));
}

export function typeOf(schema: SchemaOutline): TypePart[] {
  if (schema.$ref !== undefined) return [{ schema: referredName(schema.$ref) }];
  if (schema.const !== undefined) return words(JSON.stringify(schema.const));
  if (schema.enum) return words(schema.enum.map((value) => JSON.stringify(value)).join(' | '));
  if (schema.contentSchema) return [...words('events, their data: '), ...typeOf(schema.contentSchema)];
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return joined(alternatives.map(typeOf), ' or ');
  if (schema.allOf) return joined(schema.allOf.map(typeOf), ' and ');
  if (schema.type === 'array') return arrayType(schema);
  if (typeof schema.additionalProperties === 'object') return [...words('object of '), ...typeOf(schema.additionalProperties)];
  const type = [schema.type ?? 'any value'].flat().join(' or ');
  return words(schema.format === undefined ? type : `${type} (${schema.format})`);
}

function arrayType({ prefixItems, items, maxItems }: SchemaOutline): TypePart[] {
  if (maxItems === 0) return words('empty array');
  if (prefixItems) return [...words('['), ...joined(prefixItems.map(typeOf), ', '), ...words(']')];
  return typeof items === 'object' ? [...words('array of '), ...typeOf(items)] : words('array');
}

/** A range in words: `1…50`, `at most 20`. */
function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  if (least !== undefined && most !== undefined) return [`${least}…${most}${unit}`];
  if (most !== undefined) return [`at most ${most}${unit}`];
  return least === undefined ? [] : [`at least ${least}${unit}`];
}

function limitsOf(schema: SchemaOutline): string {
  // The pattern of a format says no more than its name, at length. A fixed number of elements is listed.
  const pattern = schema.format === undefined && schema.pattern !== undefined ? [`matches ${schema.pattern}`] : [];
  const elements = schema.prefixItems || schema.maxItems === 0 ? [] : range(schema.minItems, schema.maxItems, ' elements');
  const characters = range(schema.minLength, schema.maxLength, ' characters');
  return [...range(schema.minimum, schema.maximum, ''), ...characters, ...elements, ...pattern].join(', ');
}

export const rowOf = (name: string, schema: SchemaOutline, isRequired: boolean, description = schema.description): RowView => ({
  name,
  type: typeOf(schema),
  isRequired,
  limits: limitsOf(schema),
  text: textView(description),
});

/** A row for each field; the fields of objects that have no name of their own follow as `outer.inner`. */
export function rowsOf(schema: SchemaOutline, prefix = ''): RowView[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    rowOf(`${prefix}${name}`, field, required.has(name)),
    ...innerRows(field, `${prefix}${name}`),
  ]);
}

function innerRows(field: SchemaOutline, name: string): RowView[] {
  if (field.prefixItems)
    return field.prefixItems.flatMap((element, index) => {
      const rows = innerRows(element, `${name}[${index}]`);
      return rows.length > 0 ? [rowOf(`${name}[${index}]`, element, true), ...rows] : [];
    });
  if (typeof field.items === 'object') return innerRows(field.items, `${name}[]`);
  return rowsOf(field, `${name}.`);
}

/** A named schema: its fields, or the forms it has. */
export function schemaView(name: string, schema: SchemaOutline) {
  const alternatives = schema.oneOf ?? schema.anyOf ?? [];
  const inline = alternatives.filter(({ $ref }) => $ref === undefined);
  const rows = rowsOf(schema);
  return {
    name,
    text: textView(schema.description),
    // An object's fields say what it is.
    type: rows.length > 0 || inline.length > 0 ? undefined : { parts: typeOf(schema) },
    limits: limitsOf(schema),
    table: rows.length > 0 ? { caption: `Fields of ${name}`, rows } : undefined,
    forms: inline.map((form, index) => ({
      text: textView(form.description),
      table: { caption: `${name}, form ${index + 1} of ${inline.length}`, rows: rowsOf(form) },
    })),
  };
}
