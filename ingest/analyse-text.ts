import { LexicalIndex } from './index/lexical-index.ts';
import { type Chunk, sentencesOf } from './structure/chunk-paragraphs.ts';
import type { Paragraph, SourceDocument, Span } from './structure/document.ts';
import { type Rendering, renderedSentences } from './structure/read-renderings.ts';
import { type ChineseDictionary, readChineseDictionary } from './text/chinese/chinese-dictionary.ts';
import { loadJieba } from './text/chinese/segment-words.ts';
import { buildConceptNameTables } from './text/concept-names.ts';
import { bridgeWords, glossStems, MeaningExpander } from './text/expand-meanings.ts';
import { soundsInChinese } from './text/name-sounds.ts';
import { normalizeText } from './text/normalize-text.ts';
import { readTermBase } from './text/term-base.ts';
import { tokenizeRendering } from './text/tokenize-rendering.ts';
import { type ChunkTerms, countTerms, type SentenceTerms, tokenizeText } from './text/tokenize-text.ts';
import { YoujuError } from './youju-error.ts';

/** A document with what it says in other words. */
export type RenderedDocument = { document: SourceDocument; renderings: readonly Rendering[] };

/** The lexical side of an index: the terms of every chunk and sentence, and the names by which questions reach them. */
export async function analyseText(termFolder: string, documents: readonly RenderedDocument[], chunks: readonly Chunk[]) {
  if (chunks.length > MUCH_TEXT) await loadJieba();
  const concepts = await readTermBase(termFolder);
  const dictionary = await readChineseDictionary();
  const expander = new MeaningExpander(concepts, dictionary.glosses);
  const terms = new TermReader(documents, expander, dictionary);
  const lexicalIndex = LexicalIndex.build(terms.ofEach(chunks), (source) => expander.termsOf(source));
  const standing = new Set(documents.flatMap(({ document }) => [...expander.wordsIn(normalizeText(document.text))]));
  return {
    concepts: buildConceptNameTables(concepts),
    bridges: bridgeWords(
      dictionary.glosses,
      (term) => lexicalIndex.chunks.unitFrequency('meaning', term) > 0,
      (word) => standing.has(word),
    ),
    englishStems: glossStems(dictionary.glosses),
    nameSounds: { syllables: [...dictionary.syllables], nameCharacters: [...dictionary.nameCharacters] },
    lexicalIndex,
  };
}

/** Chunks from which on it pays to load jieba itself. */
const MUCH_TEXT = 2000;

type Place = { paragraph: Paragraph; language: string; renderings: readonly Rendering[] };

/** Cuts sentences out of the documents and breaks them into their terms. */
class TermReader {
  readonly #expander: MeaningExpander;
  readonly #dictionary: ChineseDictionary;
  readonly #paragraphs: ReadonlyMap<string, Place>;

  constructor(documents: readonly RenderedDocument[], expander: MeaningExpander, dictionary: ChineseDictionary) {
    this.#expander = expander;
    this.#dictionary = dictionary;
    this.#paragraphs = new Map(
      documents.flatMap(({ document: { documentId, language, paragraphs }, renderings }) =>
        paragraphs.map((paragraph) => [`${documentId}#${paragraph.paragraphId}`, { paragraph, language, renderings }]),
      ),
    );
  }

  /** One chunk's after another's: all at once would take a hundred times the index. */
  *ofEach(chunks: readonly Chunk[]): Generator<ChunkTerms> {
    for (const chunk of chunks) yield this.#ofChunk(chunk);
  }

  #ofChunk({ documentId, paragraphId, sentences }: Chunk): ChunkTerms {
    const place = this.#paragraphs.get(`${documentId}#${paragraphId}`);
    if (!place) throw new YoujuError('bad-document', `“${documentId}” has no paragraph “${paragraphId}”: run \`npm run ingest\` again`);
    const keywords = place.renderings.flatMap(({ language, keywords: ofParagraphs }) =>
      (ofParagraphs.get(paragraphId) ?? []).flatMap((keyword) => tokenizeRendering(keyword, language)),
    );
    return {
      sentences: sentences.map((sentence) => this.#ofSentence(place, sentence)),
      rendering: renderingOf(place, sentences),
      keyword: countTerms(keywords),
    };
  }

  #ofSentence(place: Place, sentence: Span): SentenceTerms {
    const text = normalizeText(place.paragraph.text.slice(sentence.start, sentence.end));
    const { syllables, nameCharacters } = this.#dictionary;
    return {
      ...tokenizeText(text),
      meaningSources: this.#expander.sourcesIn(text, place.language),
      rendering: renderingOf(place, [sentence]),
      sound: countTerms(soundsInChinese(text, syllables, nameCharacters)),
    };
  }
}

/** What the renderings of a paragraph say in place of these sentences of it. */
function renderingOf({ paragraph, renderings }: Place, sentences: readonly Span[]): Map<string, number> {
  if (renderings.length === 0) return new Map();
  const all = sentencesOf(paragraph);
  return countTerms(
    renderings.flatMap(({ language, paragraphs }) => {
      const words = paragraphs.get(paragraph.paragraphId);
      return words === undefined ? [] : tokenizeRendering(renderedSentences(words, all, sentences), language);
    }),
  );
}
