import { z } from 'zod';

/** As much of a JSON schema as a reader of the page is shown. */
const schemaSchema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  examples: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), schemaSchema).optional();
  },
  get contentSchema() {
    return schemaSchema.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), schemaSchema]).optional();
  },
  get items() {
    return z.union([z.boolean(), schemaSchema]).optional();
  },
  get prefixItems() {
    return z.array(schemaSchema).optional();
  },
  get oneOf() {
    return z.array(schemaSchema).optional();
  },
  get anyOf() {
    return z.array(schemaSchema).optional();
  },
  get allOf() {
    return z.array(schemaSchema).optional();
  },
});
export type SchemaOutline = z.infer<typeof schemaSchema>;

const contentSchema = z.record(
  z.string(),
  z.object({ schema: schemaSchema.optional(), examples: z.record(z.string(), z.object({ value: z.unknown() })).optional() }),
);
export type ContentOutline = z.infer<typeof contentSchema>;

const responseSchema = z.object({ $ref: z.string().optional(), description: z.string().optional(), content: contentSchema.optional() });
export type ResponseOutline = z.infer<typeof responseSchema>;

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: schemaSchema,
});
export type ParameterOutline = z.infer<typeof parameterSchema>;

const operationSchema = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(parameterSchema).optional(),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), responseSchema),
  /** What the call has to accept. OpenAPI ignores a parameter of that name. */
  'x-accept': z.string().optional(),
  security: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type OperationOutline = z.infer<typeof operationSchema>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What the page shows of an OpenAPI document. */
export const descriptionSchema = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema), responses: z.record(z.string(), responseSchema) }),
});
export type DescriptionOutline = z.infer<typeof descriptionSchema>;

/** Every operation with its method and path, in the order of the description. */
export const operationsOf = ({ paths }: DescriptionOutline) =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );

/** The name that a reference ends with: `#/components/schemas/Citation` → `Citation`. */
export const referredName = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
