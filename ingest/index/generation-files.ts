import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { YoujuError } from '../youju-error.ts';
import { dataFolderError, systemCodeOf } from './data-folder.ts';

/** Bump when a file of a generation changes its shape: an older generation is then refused and built anew. */
export const SCHEMA_VERSION = 5;

export const MANIFEST_FILE = 'manifest.json';
/** Proves the manifest, as the manifest proves the other files; in the format of `sha256sum --check`. */
export const MANIFEST_PROOF_FILE = 'manifest.sha256';
export const FILES = {
  documents: 'documents.bin',
  chunks: 'chunks.bin',
  concepts: 'concepts.bin',
  bridges: 'bridges.bin',
  englishStems: 'english-stems.bin',
  nameSounds: 'name-sounds.json',
  lexical: 'lexical.bin',
  vectors: 'vectors.hnsw',
} as const;

const manifestSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  generation: z.string(),
  createdAt: z.iso.datetime(),
  embedding: z.object({ model: z.string(), dimension: z.number().int().positive() }),
  counts: z.object({ documents: z.number().int(), paragraphs: z.number().int(), chunks: z.number().int(), sentences: z.number().int() }),
  /** sha256 of each source, by documentId. */
  sources: z.record(z.string(), z.string()),
  /** What each document was read from, by documentId, and what its reader warned of; see `readingKey`. */
  readings: z.record(z.string(), z.object({ key: z.string(), warnings: z.array(z.string()) })),
  /** sha256 of each file of the generation, by name. In a database the vectors are no file. */
  files: z.partialRecord(z.enum(Object.values(FILES)), z.string()),
});

/** What a generation is made of, and the hashes that prove it. */
export type Manifest = z.infer<typeof manifestSchema>;

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const READ_AT_ONCE = 2 ** 20;

/** The same of a file that need not be in memory as a whole: the vectors are most of a generation. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(READ_AT_ONCE);
  const handle = await open(file, 'r');
  try {
    for (let read = await handle.read(buffer); read.bytesRead > 0; read = await handle.read(buffer))
      hash.update(buffer.subarray(0, read.bytesRead));
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

export const manifestProof = (manifest: Uint8Array | string): string => `${sha256(manifest)}  ${MANIFEST_FILE}\n`;

export const generationsFolder = (dataFolder: string) => path.join(dataFolder, 'generations');
export const generationFolder = (dataFolder: string, generation: string) => path.join(generationsFolder(dataFolder), generation);
export const currentPointer = (dataFolder: string) => path.join(dataFolder, 'CURRENT');

const GENERATION_NAME = /^[0-9]{14}-[0-9a-f]{8}$/;
export const isGenerationName = (name: string) => GENERATION_NAME.test(name);

/**
 * The published generation's name, or `undefined` where nothing was ever published.
 * @throws YoujuError `index-corrupt`, `bad-data-folder`
 */
export async function readCurrent(dataFolder: string): Promise<string | undefined> {
  const pointer = await readFile(currentPointer(dataFolder), 'utf8').catch((error: unknown) => {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw dataFolderError(dataFolder, 'read', error);
  });
  const name = pointer?.trim();
  if (name === undefined) return undefined;
  if (!isGenerationName(name))
    throw new YoujuError('index-corrupt', `${currentPointer(dataFolder)} names no generation: run \`npm run ingest\``);
  return name;
}

export type VerifiedGeneration = { manifest: Manifest; contents: Record<Exclude<keyof typeof FILES, 'vectors'>, Buffer> };

/**
 * Reads a generation's manifest and checks every file against its hash. Nothing is opened before: a flipped bit crashed
 * hnswlib-node in 21 % of tries and changed its answers silently in 18 %.
 * @param place where the generation is kept, for messages
 * @param readNamed gives the bytes of a file
 * @throws YoujuError `index-corrupt`
 */
export async function verifyGeneration(place: string, readNamed: (name: string) => Promise<Buffer>): Promise<VerifiedGeneration> {
  const read = (name: string) =>
    readNamed(name).catch((cause: unknown) => {
      if (cause instanceof YoujuError) throw cause;
      throw new YoujuError('index-corrupt', `${path.join(place, name)} cannot be read: run \`npm run ingest\``, { cause });
    });
  const manifestBytes = await read(MANIFEST_FILE);
  if ((await read(MANIFEST_PROOF_FILE)).toString('utf8') !== manifestProof(manifestBytes))
    throw new YoujuError('index-corrupt', `${path.join(place, MANIFEST_FILE)} was changed or damaged: run \`npm run ingest\``);
  const manifest = parseManifest(place, manifestBytes);
  const verified = async (name: (typeof FILES)[keyof typeof FILES]) => {
    const bytes = await read(name);
    if (sha256(bytes) !== manifest.files[name])
      throw new YoujuError('index-corrupt', `${path.join(place, name)} was changed or damaged: run \`npm run ingest\``);
    return bytes;
  };
  // One after the other, each would wait for the disk.
  const [documents, chunks, concepts, bridges, englishStems, nameSounds, lexical] = await Promise.all([
    verified(FILES.documents),
    verified(FILES.chunks),
    verified(FILES.concepts),
    verified(FILES.bridges),
    verified(FILES.englishStems),
    verified(FILES.nameSounds),
    verified(FILES.lexical),
  ]);
  return { manifest, contents: { documents, chunks, concepts, bridges, englishStems, nameSounds, lexical } };
}

/** The same for a generation kept as a folder, its vectors' file included. */
export async function verifyFolder(folder: string): Promise<VerifiedGeneration> {
  const verified = await verifyGeneration(folder, (name) => readFile(path.join(folder, name)));
  const vectors = path.join(folder, FILES.vectors);
  const hash = await sha256OfFile(vectors).catch((cause: unknown) => {
    throw new YoujuError('index-corrupt', `${vectors} cannot be read: run \`npm run ingest\``, { cause });
  });
  if (hash !== verified.manifest.files[FILES.vectors])
    throw new YoujuError('index-corrupt', `${vectors} was changed or damaged: run \`npm run ingest\``);
  return verified;
}

function parseManifest(place: string, bytes: Buffer): Manifest {
  try {
    // Once a generation: zod need not write and compile code for it first.
    return manifestSchema.parse(JSON.parse(bytes.toString('utf8')), { jitless: true });
  } catch (cause) {
    throw new YoujuError('index-corrupt', `${path.join(place, MANIFEST_FILE)} is damaged or of another version: run \`npm run ingest\``, {
      cause,
    });
  }
}

/** Flushes a file's or folder's content to the disk: a rename is only as durable as what it names. */
export async function flush(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
