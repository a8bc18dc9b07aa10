import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Chunk } from '../structure/chunk-paragraphs.ts';
import type { SourceDocument } from '../structure/document.ts';
import { YoujuError } from '../youju-error.ts';
import { dataFolderError, makeFolder } from './data-folder.ts';
import {
  currentPointer,
  FILES,
  flush,
  generationsFolder,
  isGenerationName,
  MANIFEST_FILE,
  MANIFEST_PROOF_FILE,
  type Manifest,
  manifestProof,
  readCurrent,
  SCHEMA_VERSION,
  sha256,
  sha256OfFile,
} from './generation-files.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { openGeneration } from './open-generation.ts';
import { packChunks } from './tables/chunk-table.ts';
import { packDocuments } from './tables/pack-documents.ts';
import type { QuestionTables } from './tables/question-tables.ts';
import type { VectorIndex } from './vector-index.ts';

export type GenerationParts = QuestionTables & {
  documents: SourceDocument[];
  chunks: Chunk[];
  lexicalIndex: LexicalIndex;
  vectorIndex: VectorIndex;
  embeddingModel: string;
  readings: Manifest['readings'];
};

const BUILDING = 'building-';

/**
 * Publishes a generation so that a kill at any instant loses nothing: write into a folder of its own, flush, read back and
 * verify, rename the folder to its name, then rename the CURRENT pointer over the old one. Readers see either generation
 * whole. Afterwards all but this and the previous generation are removed.
 * @returns the generation's name
 * @throws YoujuError `bad-data-folder` when the disk refuses; what is published stays
 */
export async function publishGeneration(dataFolder: string, parts: GenerationParts): Promise<string> {
  const previous = await readCurrent(dataFolder).catch(() => undefined);
  const generation = await writeAndPointTo(dataFolder, parts).catch((cause: unknown) => {
    throw cause instanceof YoujuError && cause.code !== 'index-corrupt' ? cause : dataFolderError(dataFolder, 'written', cause);
  });
  await removeOthers(dataFolder, [generation, previous]);
  return generation;
}

/** Sorts behind those before it: the second, and behind the hyphen the millisecond before what is left to chance. */
export const newGenerationName = (now: Date): string => {
  const milliseconds = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${now.toISOString().replace(/\D/g, '').slice(0, 14)}-${milliseconds}${randomBytes(4).toString('hex').slice(0, 5)}`;
};

async function writeAndPointTo(dataFolder: string, parts: GenerationParts): Promise<string> {
  const folder = generationsFolder(dataFolder);
  await makeFolder(folder);
  const generation = newGenerationName(new Date());
  const building = path.join(folder, `${BUILDING}${generation}`);
  await mkdir(building);
  await writeGeneration(building, generation, parts);
  await openGeneration(building);
  await rename(building, path.join(folder, generation));
  await flush(folder);
  await pointTo(dataFolder, generation);
  return generation;
}

/** The parts of a generation whose vectors its store has already. */
export type PublishedParts = Omit<GenerationParts, 'vectorIndex'>;

/** The files that are ours to serialise; hnswlib writes its own. */
export const serialise = (parts: PublishedParts): Record<string, Buffer> => ({
  [FILES.documents]: packDocuments(parts.documents),
  [FILES.chunks]: packChunks(parts.documents, parts.chunks),
  [FILES.concepts]: parts.concepts,
  [FILES.bridges]: parts.bridges,
  [FILES.englishStems]: parts.englishStems,
  [FILES.nameSounds]: parts.nameSounds,
  [FILES.lexical]: parts.lexicalIndex.toBuffer(),
});

/** Whether a published generation already holds these parts, byte for byte; the vectors are told by model and chunk hashes. */
export function isPublished(manifest: Manifest, parts: PublishedParts): boolean {
  const hashes: Record<string, string> = manifest.files;
  return (
    manifest.embedding.model === parts.embeddingModel &&
    // Else the next ingest would read everything anew, and each one after it.
    isDeepStrictEqual(manifest.readings, parts.readings) &&
    Object.entries(serialise(parts)).every(([name, content]) => hashes[name] === sha256(content))
  );
}

async function writeGeneration(folder: string, generation: string, parts: GenerationParts): Promise<void> {
  const contents = Object.entries(serialise(parts));
  for (const [name, content] of contents) await writeDurably(path.join(folder, name), content);
  // hnswlib reports success on a full disk, so its file is hashed as it stands on the disk and read back by the caller.
  const vectorFile = path.join(folder, FILES.vectors);
  parts.vectorIndex.write(vectorFile);
  await flush(vectorFile);

  const hashes = Object.fromEntries(contents.map(([name, content]) => [name, sha256(content)]));
  const files = { ...hashes, [FILES.vectors]: await sha256OfFile(vectorFile) };
  const manifestText = writeManifest(generation, parts, parts.vectorIndex.dimension, files);
  await writeDurably(path.join(folder, MANIFEST_FILE), manifestText);
  await writeDurably(path.join(folder, MANIFEST_PROOF_FILE), manifestProof(manifestText));
  await flush(folder);
}

/** @param files sha256 of each file, by name */
export function writeManifest(generation: string, parts: PublishedParts, dimension: number, files: Record<string, string>): string {
  const manifest = {
    schema: SCHEMA_VERSION,
    generation,
    createdAt: new Date().toISOString(),
    embedding: { model: parts.embeddingModel, dimension },
    counts: {
      documents: parts.documents.length,
      paragraphs: parts.documents.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0),
      chunks: parts.chunks.length,
      sentences: parts.lexicalIndex.sentences.unitCount,
    },
    sources: Object.fromEntries(parts.documents.map(({ documentId, sha256: hash }) => [documentId, hash])),
    readings: parts.readings,
    files,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function pointTo(dataFolder: string, generation: string): Promise<void> {
  const next = `${currentPointer(dataFolder)}.next`;
  await writeDurably(next, `${generation}\n`);
  // A disk that keeps half of it and says nothing would leave a pointer to nowhere.
  if ((await readFile(next, 'utf8')) !== `${generation}\n`) throw new YoujuError('index-corrupt', `${next} is not what was written`);
  await rename(next, currentPointer(dataFolder));
  await flush(dataFolder);
}

/**
 * Removes what killed or failed ingests left behind; for the start of an ingest, so that it goes even if nothing is published and a
 * full disk gets its space back. The published generation stays, and the one before it for readers that are just opening it.
 */
export async function removeLeftovers(dataFolder: string): Promise<void> {
  const current = await readCurrent(dataFolder).catch(() => undefined);
  const generations = (await readdir(generationsFolder(dataFolder)).catch(() => [])).filter(isGenerationName);
  // Names begin with their time. Without a pointer nobody knows which were published.
  const older =
    current === undefined
      ? generations
      : generations
          .filter((name) => name < current)
          .toSorted()
          .slice(-1);
  await removeOthers(dataFolder, [...older, current]);
}

/** A failure is left to the next ingest: the new generation serves, whatever else lies about. */
async function removeOthers(dataFolder: string, keep: (string | undefined)[]): Promise<void> {
  const folder = generationsFolder(dataFolder);
  for (const name of await readdir(folder).catch(() => [])) {
    if ((isGenerationName(name) || name.startsWith(BUILDING)) && !keep.includes(name))
      await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
