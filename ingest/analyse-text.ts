import { LexicalIndex } from './index/lexical-index.ts';
import { type Chunk, sentencesOf } from './structure/chunk-paragraphs.ts';
import type { Paragraph, SourceDocument, Span } from './structure/document.ts';
import { type Rendering, renderedSentences } from './structure/read-renderings.ts';
import { type ChineseDictionary, readChineseDictionary } from './text/chinese/chinese-dictionary.ts';
import { buildConceptNameTables } from './text/concept-names.ts';
import { bridgeWords, glossStems, MeaningExpander } from './text/expand-meanings.ts';
import { soundsInChinese } from './text/name-sounds.ts';
import { normalizeText } from './text/normalize-text.ts';
import { readTermBase } from './text/term-base.ts';
import { tokenizeRendering } from './text/tokenize-rendering.ts';
import { countTerms, type TermFrequencies, tokenizeText } from './text/tokenize-text.ts';

/** A document with what it says in other words. */
export type RenderedDocument = { document: SourceDocument; renderings: readonly Rendering[] };

/** The lexical side of an index: the views of every chunk and of every sentence, and the names by which questions reach them. */
export async function analyseText(termFolder: string, documents: readonly RenderedDocument[], chunks: readonly Chunk[]) {
  const concepts = await readTermBase(termFolder);
  const dictionary = await readChineseDictionary();
  const views = new ViewReader(documents, new MeaningExpander(concepts, dictionary.glosses), dictionary);
  const chunkIndex = LexicalIndex.build(chunks.map((chunk) => views.of(chunk, chunk, chunk.sentences)));
  const corpus = documents.map(({ document }) => normalizeText(document.text)).join('\n');
  return {
    concepts: buildConceptNameTables(concepts),
    bridges: bridgeWords(
      dictionary.glosses,
      (term) => chunkIndex.unitFrequency('meaning', term) > 0,
      (word) => corpus.includes(word),
    ),
    englishStems: glossStems(dictionary.glosses),
    nameSounds: { syllables: [...dictionary.syllables], nameCharacters: [...dictionary.nameCharacters] },
    chunkIndex,
    sentenceIndex: LexicalIndex.build(chunks.flatMap((chunk) => chunk.sentences.map((sentence) => views.of(chunk, sentence, [sentence])))),
  };
}

/** Cuts stretches out of the documents and breaks them into their views. */
class ViewReader {
  readonly #expander: MeaningExpander;
  readonly #dictionary: ChineseDictionary;
  readonly #paragraphs: ReadonlyMap<string, { paragraph: Paragraph; language: string; renderings: readonly Rendering[] }>;

  constructor(documents: readonly RenderedDocument[], expander: MeaningExpander, dictionary: ChineseDictionary) {
    this.#expander = expander;
    this.#dictionary = dictionary;
    this.#paragraphs = new Map(
      documents.flatMap(({ document: { documentId, language, paragraphs }, renderings }) =>
        paragraphs.map((paragraph) => [`${documentId}#${paragraph.paragraphId}`, { paragraph, language, renderings }]),
      ),
    );
  }

  /** The views of a span of a chunk, which holds these sentences. */
  of({ documentId, paragraphId }: Chunk, { start, end }: Span, sentences: readonly Span[]): TermFrequencies {
    const found = this.#paragraphs.get(`${documentId}#${paragraphId}`);
    if (!found) return { ...tokenizeText(''), meaning: new Map(), rendering: new Map(), keyword: new Map(), sound: new Map() };
    const { paragraph, language, renderings } = found;
    const text = normalizeText(paragraph.text.slice(start, end));
    const all = sentencesOf(paragraph);
    const rendered = renderings.flatMap(({ language: tongue, paragraphs }) => {
      const words = paragraphs.get(paragraphId);
      return words === undefined ? [] : tokenizeRendering(renderedSentences(words, all, sentences), tongue);
    });
    const keywords = renderings.flatMap(({ language: tongue, keywords: ofParagraphs }) =>
      (ofParagraphs.get(paragraphId) ?? []).flatMap((keyword) => tokenizeRendering(keyword, tongue)),
    );
    const { syllables, nameCharacters } = this.#dictionary;
    return {
      ...tokenizeText(text),
      meaning: this.#expander.expand(text, language),
      rendering: countTerms(rendered),
      keyword: countTerms(keywords),
      sound: countTerms(soundsInChinese(text, syllables, nameCharacters)),
    };
  }
}
