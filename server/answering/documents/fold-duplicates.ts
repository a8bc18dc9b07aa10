import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { catalogueOf } from '../../question/documents/document-catalogue.ts';
import { IndexMemory } from '../../question/word-memory.ts';
import type { DraftSentence } from '../draft.ts';
import { sentenceText } from '../evidence/choose-sentences.ts';
import { quoteSentences } from '../extract-answer.ts';
import type { Passage } from '../retrieve-passages.ts';
import type { ClaimedCitation } from '../verify-citations.ts';

/** How many other documents are named as saying the same. */
const MOST_ALSO_IN = 3;
/** Passages that are looked through for what says the same. */
const MOST_COMPARED = 32;

/** A number in front of an item may differ from sister to sister: （五） here, （六） there. */
const ITEM_NUMBER = /^\s*(?:[（(][\d一二三四五六七八九十]{1,4}[)）]|[\d一二三四五六七八九十]{1,4}[、.)])/u;
/** Punctuation, spaces and particles: 将开展 and 开展 say the same, 不开展 does not. */
const UNSAID = /[^\p{L}\p{N}%‰]|[的了着将]/gu;

/**
 * What a sentence says, for telling whether another says the same: its characters without item number, punctuation and particles.
 * Another figure, date, name or verb makes another key: sister statements differ in just those. (The shadow copy that matching works
 * on would take a tenth of an answer.)
 */
export const sayingOf = (sentence: string): string => sentence.toLowerCase().replace(ITEM_NUMBER, '').replace(UNSAID, '');

const sayings = new IndexMemory<string, number>();

/** The same sentences answer many questions. */
const sayingIn = (index: OpenIndex, sentence: number): string =>
  sayings.recall(index, sentence, () => sayingOf(sentenceText(index, sentence)));

/** Sentences whose lengths differ by more than numbering and particles make cannot say the same. */
const MOST_UNSAID = 12;

/**
 * Drafts of several documents, one document after another. What a newer one says already is not said again: the draft names the others
 * that say the same.
 * @param passages where else the same may be said
 */
export function draftEachDocument(
  index: OpenIndex,
  documents: readonly { documentId: string; sentences: readonly number[] }[],
  passages: readonly Passage[],
): DraftSentence[] {
  const said = new Map<string, number[]>();
  const say = (sentence: number): string => sayingIn(index, sentence);
  const drafts = documents.map(({ sentences }) => {
    const own = sentences.filter((sentence) => !said.has(say(sentence)));
    for (const sentence of own) said.set(say(sentence), []);
    return own;
  });
  for (const sentence of sentencesLike(index, drafts.flat(), passages)) said.get(say(sentence))?.push(sentence);
  return drafts.flatMap((sentences) =>
    quoteRuns(index, sentences).map(({ draft, run }) => {
      const others = run.flatMap((sentence) => said.get(say(sentence)) ?? []);
      const alsoIn = oneEachDocument(index, others, draft);
      return draft.kind === 'quoted' && alsoIn.length > 0 ? { ...draft, alsoIn } : draft;
    }),
  );
}

/** Other sentences of the passages about as long as some of these: those that may say the same. */
function sentencesLike(index: OpenIndex, shown: readonly number[], passages: readonly Passage[]): number[] {
  const lengthOf = (sentence: number) => {
    const { start, end } = index.sentences.at(sentence) ?? { start: 0, end: 0 };
    return end - start;
  };
  const lengths = shown.map(lengthOf);
  const isShown = new Set(shown);
  return passages.slice(0, MOST_COMPARED).flatMap(({ chunk }) => {
    const { start, end } = index.lexicalIndex.sentencesOf(chunk);
    return Array.from({ length: end - start }, (_, at) => start + at).filter(
      (sentence) => !isShown.has(sentence) && lengths.some((length) => Math.abs(length - lengthOf(sentence)) <= MOST_UNSAID),
    );
  });
}

/** Each quote with the sentences that it is made of. */
function quoteRuns(index: OpenIndex, sentences: readonly number[]): { draft: DraftSentence; run: number[] }[] {
  return quoteSentences(index, sentences).map((draft) => {
    const [claim] = draft.claims;
    const isIn = (sentence: number) => {
      const indexed = index.sentences.at(sentence);
      const chunk = indexed && index.chunks.at(indexed.chunk);
      return (
        claim !== undefined &&
        chunk?.documentId === claim.documentId &&
        chunk.paragraphId === claim.paragraphId &&
        indexed !== undefined &&
        indexed.start >= claim.start &&
        indexed.end <= claim.end
      );
    };
    return { draft, run: sentences.filter(isIn) };
  });
}

/** The first claim of each other document, newest first. */
function oneEachDocument(index: OpenIndex, sentences: readonly number[], { claims: [own] }: DraftSentence): ClaimedCitation[] {
  const claims = quoteSentences(index, sentences).flatMap((draft) => draft.claims);
  const first = new Map(claims.toReversed().map((claim) => [claim.documentId, claim]));
  const catalogue = catalogueOf(index);
  return [...first.values()]
    .filter(({ documentId }) => documentId !== own?.documentId)
    .toSorted((a, b) => catalogue.compareAge(a.documentId, b.documentId))
    .slice(0, MOST_ALSO_IN);
}

/**
 * Passages without those that say word for word what another says: of sister paragraphs the newest stays, at the place of the one most
 * like the question, so that copies do not take the places of what else there is.
 * @param most passages that are looked into, the best
 */
export function foldPassages(index: OpenIndex, passages: readonly Passage[], most: number): Passage[] {
  const catalogue = catalogueOf(index);
  const bySaying = new Map<string, Passage>();
  for (const passage of passages.slice(0, most)) {
    const { start, end } = index.lexicalIndex.sentencesOf(passage.chunk);
    const saying = Array.from({ length: end - start }, (_, at) => sayingIn(index, start + at)).join('\n');
    const known = bySaying.get(saying);
    if (!known) bySaying.set(saying, passage);
    else if (catalogue.compareAge(passage.documentId, known.documentId) < 0)
      bySaying.set(saying, { ...passage, similarity: known.similarity });
  }
  return [...bySaying.values()];
}
