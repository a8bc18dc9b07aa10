import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EmbeddingModel } from './embedding/embedding-model.ts';
import { packageRoot } from './package-root.ts';
import { YoujuError } from './youju-error.ts';

/** An unset variable and one set to nothing mean the same, as in `.env` files and container templates. */
export const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

/** What ingest and server both read from the environment: where the data lives and how to embed. */
export const dataEnvironment = z.object({
  DATABASE_URL: optionalText.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DATABASE_CONNECTIONS: optionalText.transform((text) => Number(text ?? 10)).pipe(z.number().int().min(1).max(1000)),
  DATA_DIR: optionalText.transform((folder) => path.resolve(folder ?? path.join(packageRoot, 'data'))),
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
  EMBEDDING_MODEL: optionalText,
});

export type DataEnvironment = z.infer<typeof dataEnvironment>;

/**
 * Checks an environment against a schema.
 * @throws YoujuError `bad-configuration` naming each variable and what is wrong with it
 */
export function parseEnvironment<Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv): z.infer<Schema> {
  // Once a process: zod need not write and compile code for it first.
  const parsed = schema.safeParse(environment, { jitless: true });
  if (!parsed.success) throw new YoujuError('bad-configuration', `environment: ${z.prettifyError(parsed.error)} (see .env.example)`);
  return parsed.data;
}

/** Reads `.env` in the project's folder, if there is one; variables that are set already win. */
export function loadEnvironmentFile(): void {
  const file = path.join(packageRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** The embedding model that the environment asks for. */
export const configureEmbedding = ({ EMBEDDING_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL }: DataEnvironment): EmbeddingModel =>
  new EmbeddingModel({ model: EMBEDDING_MODEL, apiKey: OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL });
