import type { AnalysisDictionary } from './analysis/analyse-chunks.ts';
import { AnalysisThreads, isMuch, threadsFor } from './analysis/analysis-threads.ts';
import { type ChunkBatch, cutBatches, type RenderedDocument } from './analysis/cut-batches.ts';
import { inOrder } from './analysis/in-order.ts';
import { LexicalIndexBuilder } from './index/lexical-index-builder.ts';
import { type Chunk, sentencesOf } from './structure/chunk-paragraphs.ts';
import type { SourceDocument } from './structure/document.ts';
import { readChineseDictionary } from './text/chinese/chinese-dictionary.ts';
import { loadJieba } from './text/chinese/segment-words.ts';
import { buildConceptNameTables, ConceptFinder } from './text/concept-names.ts';
import { bridgeWords, glossStems, MeaningExpander, MeaningFinder } from './text/expand-meanings.ts';
import { normalizeText } from './text/normalize-text.ts';
import { readTermBase } from './text/term-base.ts';
import { WordTrie } from './text/word-trie.ts';

export type AnalysisOptions = {
  termFolder: string;
  /** How many threads analyse beside this one; by default as many as pay. */
  threads?: number;
};

/** What to do with the vectors of a batch: one for each of its chunks that needs one of the embedded default. */
export type TakeVectors = (batch: ChunkBatch, vectors: Float32Array) => Promise<void>;

/**
 * The lexical side of an index: the terms of every chunk and sentence, and the names by which questions reach them. Texts flow through in
 * batches; while a batch's vectors are taken, the next ones are analysed.
 * @throws YoujuError `bad-term-base`, `analysis-failed`, and whatever `takeVectors` throws
 */
export async function analyseText(
  { termFolder, threads }: AnalysisOptions,
  documents: readonly RenderedDocument[],
  chunks: readonly Chunk[],
  isEmbedded: (chunk: number) => boolean,
  takeVectors: TakeVectors,
) {
  const concepts = await readTermBase(termFolder);
  const { glosses, syllables, nameCharacters } = await readChineseDictionary();
  const expander = new MeaningExpander(concepts, glosses);
  const lexical = new LexicalIndexBuilder((source) => expander.termsOf(source));
  const dictionary = {
    concepts: buildConceptNameTables(concepts),
    words: new WordTrie([...glosses.keys()]).tables,
    syllables,
    nameCharacters,
  };
  const standing = wordsBesideSentences(documents, dictionary);
  const count = threads ?? threadsFor(chunks.length);
  if (count === 0 && isMuch(chunks.length)) await loadJieba();
  const analysis = new AnalysisThreads(count, dictionary);
  try {
    const batches = cutBatches(documents, chunks, isEmbedded);
    const analyse = async (batch: ChunkBatch) => ({ batch, analysed: await analysis.analyse(batch.texts) });
    for await (const { batch, analysed } of inOrder(batches, analysis.mostAtOnce, analyse)) {
      lexical.add(analysed.terms);
      for (const word of analysed.longWords) standing.add(word);
      await takeVectors(batch, analysed.vectors);
    }
  } finally {
    await analysis.close();
  }
  const lexicalIndex = lexical.build();
  return {
    concepts: dictionary.concepts,
    bridges: bridgeWords(
      glosses,
      (term) => lexicalIndex.chunks.unitFrequency('meaning', term) > 0,
      (word) => lexical.hasSource(word) || standing.has(word),
    ),
    englishStems: glossStems(glosses),
    nameSounds: { syllables, nameCharacters },
    lexicalIndex,
  };
}

/** The dictionary words that stand where no sentence is: in titles and headings, and in documents of another language. */
function wordsBesideSentences(documents: readonly RenderedDocument[], { concepts, words }: AnalysisDictionary): Set<string> {
  const finder = new MeaningFinder(new ConceptFinder(concepts), new WordTrie(words));
  return new Set(documents.flatMap(({ document }) => [...finder.wordsIn(normalizeText(besideSentences(document)))]));
}

function besideSentences({ language, text, paragraphs }: SourceDocument): string {
  if (!language.startsWith('zh')) return text;
  let rest = '';
  let done = 0;
  for (const paragraph of paragraphs.toSorted((a, b) => a.start - b.start)) {
    for (const { start, end } of sentencesOf(paragraph)) {
      rest += `${text.slice(done, paragraph.start + start)}\n`;
      done = paragraph.start + end;
    }
  }
  return rest + text.slice(done);
}
