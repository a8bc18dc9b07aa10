import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import {
  generationFolder,
  generationsFolder,
  isGenerationName,
  readCurrent,
  readFrom,
  verifyFiles,
  verifyManifest,
  verifyVectors,
} from '../../ingest/index/generation-files.ts';
import { withIngestLock } from '../../ingest/index/ingest-lock.ts';
import { LexicalIndex } from '../../ingest/index/lexical-index.ts';
import { type OpenIndex, openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { type GenerationParts, publishGeneration, removeLeftovers } from '../../ingest/index/publish-generation.ts';
import { ChunkTable } from '../../ingest/index/tables/chunk-table.ts';
import { DocumentTable } from '../../ingest/index/tables/document-table.ts';
import { VectorIndex } from '../../ingest/index/vector-index.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';

export const QUESTION = '双方商定了什么？';

const text = (city: string, extra: string) =>
  `合作声明\n双方会谈如下。\n一\n双方商定技术合作中心设在${city}。双方满意。\n（一）石油。\n（二）天然气。${extra}\n二\n双方同意发展贸易。`;

/** One document in two versions that answer one question differently, so that an answer shows which it was made from. */
export const VERSIONS = { shanghai: text('上海', ''), astana: text('阿斯塔纳', '\n（三）畜牧业。') } as const;
export type Version = keyof typeof VERSIONS;
export const otherThan = (version: Version): Version => (version === 'shanghai' ? 'astana' : 'shanghai');

/** Writes both versions, and a term base without terms: reading the real one is most of the time of an ingest. */
export async function writeVersions(root: string): Promise<void> {
  await mkdir(path.join(root, 'terms'), { recursive: true });
  for (const [version, content] of Object.entries(VERSIONS)) {
    await mkdir(path.join(root, version), { recursive: true });
    await writeFile(path.join(root, version, 'statement.txt'), content);
  }
}

export const dataFolderOf = (root: string): string => path.join(root, 'data');

export const ingestArguments = (root: string, version: Version, dataFolder = dataFolderOf(root)): string[] => [
  path.join(root, version),
  '--data-dir',
  dataFolder,
  '--terms',
  path.join(root, 'terms'),
];

export const ingestVersion = (root: string, version: Version, dataFolder = dataFolderOf(root)) =>
  ingestDocuments({
    paths: [path.join(root, version)],
    termFolder: path.join(root, 'terms'),
    store: new FolderStore(dataFolder),
    embeddingModel: new EmbeddingModel({}),
  });

/** Where a version is published once, for its parts to be read from. */
export const partsFolder = (root: string, version: Version): string => path.join(root, `parts-of-${version}`);

/** Ingests a version into a folder of its own, for `partsOf`. */
export const prepareParts = (root: string, version: Version) => ingestVersion(root, version, partsFolder(root, version));

/** What the generation of a version is made of. */
export async function partsOf(root: string, version: Version): Promise<GenerationParts> {
  const dataFolder = partsFolder(root, version);
  const folder = generationFolder(dataFolder, (await readCurrent(dataFolder)) ?? '');
  const read = readFrom(folder);
  const manifest = await verifyManifest(folder, read);
  const files = await verifyFiles(folder, manifest, read);
  const { embedding, counts } = manifest;
  const documents = new DocumentTable(files.documents);
  return {
    documents: [...documents.values()],
    chunks: [...new ChunkTable(files.chunks, (row) => documents.idOf(row))],
    concepts: files.concepts,
    bridges: files.bridges,
    englishStems: files.englishStems,
    nameSounds: files.nameSounds,
    lexicalIndex: LexicalIndex.fromBuffer(files.lexical),
    vectorIndex: await VectorIndex.read(await verifyVectors(folder, manifest), embedding.dimension, counts.chunks),
    embeddingModel: embedding.model,
    readings: manifest.readings,
  };
}

/** All of an ingest that touches the data folder; reading and analysing, which take seconds, were done before. */
export const publishParts = (dataFolder: string, parts: GenerationParts): Promise<string> =>
  withIngestLock(dataFolder, async () => {
    await removeLeftovers(dataFolder);
    await openCurrentIndex(dataFolder).catch(() => undefined);
    return publishGeneration(dataFolder, parts);
  });

/** Which version an index holds, checked through all its parts; `undefined` when it is not one of them, whole. */
export function versionOf(index: OpenIndex): Version | undefined {
  const version = index.documents.get('statement')?.text === VERSIONS.shanghai ? 'shanghai' : 'astana';
  const { vectorIndex } = index;
  const isWhole =
    vectorIndex instanceof VectorIndex &&
    index.documents.get('statement')?.text === VERSIONS[version] &&
    index.chunks.length === (version === 'shanghai' ? 5 : 6) &&
    index.chunkIndex.unitCount === index.chunks.length &&
    index.sentenceIndex.unitCount === index.sentences.length &&
    [...index.chunks].every(
      ({ documentId, paragraphId }, unit) =>
        index.paragraph(documentId, paragraphId) !== undefined && vectorIndex.search(vectorIndex.vectorOf(unit), 1)[0]?.unit === unit,
    );
  return isWhole ? version : undefined;
}

/** What lies in the generations folder beyond the published generation and the one before. */
export async function leftovers(dataFolder: string): Promise<string[]> {
  const names = await readdir(generationsFolder(dataFolder));
  const generations = names.filter(isGenerationName);
  return [...names.filter((name) => !isGenerationName(name)), ...generations.slice(2)];
}
