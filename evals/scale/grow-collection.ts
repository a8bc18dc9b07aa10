import { cp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { documentsFolder } from '../../ingest/package-root.ts';
import { SourceReader } from '../../ingest/reading/source-reader.ts';
import { readDocumentFile } from '../../ingest/structure/read-document.ts';
import { startEmbeddings } from '../../ingest/testing/scripted-embeddings.ts';
import { count, type FaultReport, newReport, promise } from '../faults/fault-report.ts';
import { RandomSource } from '../fuzz/random-source.ts';
import { AskedWhileGrowing } from './ask-while-growing.ts';
import { generateDocument, generateDocuments, sentencesToRecombine } from './generate-documents.ts';
import { GrowingIndex } from './growing-index.ts';

export type Growth = { documents: number; interruptions: number; seed: number };

const STATEMENT = path.join(documentsFolder, 'china-kazakhstan-joint-statement-2019.txt');
/** What is generated anew has another seed, and so other words. */
const OTHER_SEED = 0x5eed;
const fileOf = (folder: string, number: number) => path.join(folder, `document-${String(number + 1).padStart(5, '0')}.txt`);

/**
 * Grows a collection as an operator would: ingests it while it is interrupted at random, changes a hundredth of it under a server that is
 * asked all the while, removes some documents and adds others. Counts what was embedded and read, and which promises break.
 */
export async function growCollection(root: string, growth: Growth, say: (line: string) => void): Promise<FaultReport> {
  const report = newReport(`a collection of ${growth.documents} documents`);
  const documents = path.join(root, 'documents');
  const reader = new SourceReader();
  const sentences = sentencesToRecombine(await readDocumentFile(STATEMENT, reader));
  reader.close();
  await generateDocuments(documents, sentences, { seed: growth.seed, count: growth.documents });

  const endpoint = await startEmbeddings();
  try {
    const index = new GrowingIndex(report, documents, path.join(root, 'data'), endpoint);
    const random = new RandomSource(growth.seed, growth.documents);
    say(await interrupt(index, growth, random));
    say(await completeWithoutEndpoint(report, documents, path.join(root, 'data-of-the-default'), random));
    say(await changeUnderLoad(index, sentences, growth, random));
    say(await removeAndAdd(index, sentences, growth));
  } finally {
    endpoint.close();
  }
  return report;
}

/** Kills ingests at random moments, until the last one is let go on to its end. */
async function interrupt(index: GrowingIndex, { documents, interruptions }: Growth, random: RandomSource): Promise<string> {
  const share = Math.floor((10 * documents) / (interruptions + 1));
  for (let turn = 0; turn < interruptions; turn++) await index.interrupt(random.below(share));
  const { summary, seconds } = await index.ingest();
  const { report } = index;
  promise(
    report,
    summary.documents === documents && summary.added === index.embeddedTexts,
    `${summary.added} chunks are not the ${index.embeddedTexts} texts embedded`,
  );
  promise(report, index.askedTwice <= interruptions * index.mostUnderWay, `${index.askedTwice} texts were asked for twice`);
  return `${documents} documents with ${summary.paragraphs} paragraphs, interrupted ${interruptions} times: ${summary.added} chunks embedded, ${summary.resumed} of them before the last run, ${index.askedTwice} twice; ${seconds} s`;
}

/** With the embedded default nothing is kept, and nothing lost. */
async function completeWithoutEndpoint(report: FaultReport, documents: string, dataFolder: string, random: RandomSource): Promise<string> {
  const index = new GrowingIndex(report, documents, dataFolder);
  await index.killAfter(random.below(3000));
  const { summary, seconds } = await index.ingest();
  promise(report, summary.added > 0 && summary.resumed === 0, 'the embedded default did not complete');
  await rm(dataFolder, { recursive: true });
  return `with the embedded default, interrupted once: ${summary.added} chunks; ${seconds} s`;
}

/** Changes a hundredth of the documents, each wholly, while a server answers. */
async function changeUnderLoad(
  index: GrowingIndex,
  sentences: readonly string[],
  { documents, seed }: Growth,
  random: RandomSource,
): Promise<string> {
  const { report } = index;
  const before = await openCurrentIndex(index.dataFolder);
  const step = 100;
  const changed = Array.from({ length: Math.ceil(documents / step) }, (_, at) => Math.min(documents - 1, at * step + random.below(step)));
  const distinct = [...new Set(changed)];
  const server = await AskedWhileGrowing.start(index, before, distinct);
  for (const number of distinct)
    await writeFile(fileOf(index.documents, number), generateDocument(sentences, seed ^ OTHER_SEED, number).text);

  const asked = index.embeddedTexts;
  const { summary, seconds } = await index.ingest();
  const after = await openCurrentIndex(index.dataFolder);
  const answers = await server.untilItAnswersFrom(after);
  const known = new Set(before.chunks.hashes());
  const fresh = new Set([...after.chunks.hashes()].filter((hash) => !known.has(hash)));
  const embedded = index.embeddedTexts - asked;
  promise(report, embedded === fresh.size, `${embedded} texts were embedded for ${fresh.size} new chunks`);
  promise(report, summary.added === embedded, `${summary.added} chunks were added, and ${embedded} embedded`);
  promise(
    report,
    summary.documents - summary.unchanged === distinct.length,
    `${summary.documents - summary.unchanged} files were read for ${distinct.length} changed ones`,
  );
  count(report, 'changes under load');
  return `${distinct.length} of ${documents} documents changed: ${summary.documents - summary.unchanged} read, ${embedded} of ${after.chunks.length} chunks embedded; ${seconds} s; ${answers}`;
}

/** Removes the first document and adds it again under another name and with other words. */
async function removeAndAdd(index: GrowingIndex, sentences: readonly string[], { documents, seed }: Growth): Promise<string> {
  const { report } = index;
  const asked = index.embeddedTexts;
  const added = fileOf(index.documents, documents);
  await cp(fileOf(index.documents, 0).replace(/txt$/u, 'json'), added.replace(/txt$/u, 'json'));
  await writeFile(added, generateDocument(sentences, seed, documents).text);
  await rm(fileOf(index.documents, 0));
  await rm(fileOf(index.documents, 0).replace(/txt$/u, 'json'));
  const { summary, seconds } = await index.ingest();
  const embedded = index.embeddedTexts - asked;
  promise(
    report,
    summary.documents === documents && summary.unchanged === documents - 1,
    `${summary.unchanged} of ${documents} documents are unchanged`,
  );
  promise(report, summary.added === embedded, `${embedded} texts were embedded for ${summary.added} new chunks`);
  return `one document removed and one added: ${documents - summary.unchanged} read, ${embedded} chunks embedded, ${summary.removed} removed; ${seconds} s`;
}
