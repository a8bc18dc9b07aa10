import { splitSentences } from '../../../ingest/structure/split-sentences.ts';
import { segmentWords } from '../../../ingest/text/chinese/segment-words.ts';
import { normalizeText } from '../../../ingest/text/normalize-text.ts';
import { RandomSource } from '../../fuzz/random-source.ts';

/** A question whose answers are known: the places of all texts that have every phrase of it, one at least. */
export type KnownItem = { question: string; places: ReadonlySet<number> };

const SEED = 11;
/** Sentences that a text must have to be asked for: less would stand in many made-up texts. */
const SENTENCES = 3;
const WORDS_A_SENTENCE = 3;
/** Nothing but Chinese characters: the numbers of made-up texts would give them away. */
const CHINESE_WORD = /^\p{Script=Han}+$/u;

/** Asks for texts by some words of each of their sentences, as they follow one another there: no text twice, the same each time. */
export function askForKnownItems(texts: readonly string[], count: number): KnownItem[] {
  const random = new RandomSource(SEED, texts.length);
  const normalised = texts.map(normalizeText);
  const items: KnownItem[] = [];
  for (const place of shuffled(texts.length, random)) {
    if (items.length === count) break;
    const text = texts[place] ?? '';
    const phrases = splitSentences(text).flatMap(({ start, end }) => phraseOf(text.slice(start, end), random) ?? []);
    if (phrases.length < SENTENCES) continue;
    const places = normalised.flatMap((other, at) => (phrases.every((phrase) => other.includes(phrase)) ? [at] : []));
    items.push({ question: phrases.join('，'), places: new Set(places) });
  }
  return items;
}

function phraseOf(sentence: string, random: RandomSource): string | undefined {
  const words = segmentWords(normalizeText(sentence));
  const starts = words.flatMap((_, start) => {
    const phrase = words.slice(start, start + WORDS_A_SENTENCE);
    return phrase.length === WORDS_A_SENTENCE && phrase.every((word) => CHINESE_WORD.test(word)) ? [phrase.join('')] : [];
  });
  return starts.length === 0 ? undefined : random.pick(starts);
}

function shuffled(count: number, random: RandomSource): number[] {
  const places = [...Array(count).keys()];
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
  }
  return places;
}
