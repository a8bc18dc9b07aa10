/** A stretch of text in one language (BCP 47). */
export type Speech = { text: string; language: string };

/** The regions in which a language is written in this script. */
const REGIONS: Record<string, string[]> = { 'zh-Hans': ['zh-CN', 'zh-SG', 'zh'], 'zh-Hant': ['zh-TW', 'zh-HK'] };

function wantedTags(language: string): string[] {
  return REGIONS[language] ?? [language.slice(0, 2)];
}

/** A voice of the visitor's own device: others would send the text to a third party. */
export function findVoice(language: string): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in window)) return undefined;
  const voices = speechSynthesis.getVoices().filter(({ localService }) => localService);
  const tagOf = ({ lang }: SpeechSynthesisVoice) => lang.replace('_', '-');
  for (const wanted of wantedTags(language)) {
    const voice = voices.find((candidate) => tagOf(candidate).startsWith(wanted));
    if (voice) return voice;
  }
  return undefined;
}

/** Chrome falls silent within utterances of more than fifteen seconds, so each sentence is one of its own. */
function* sentencesOf({ text, language }: Speech): Generator<string> {
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)) yield segment;
}

/** Reads aloud, in place of whatever is being read. `onEnd` comes once: at the end, or when the reading is stopped. */
export function readAloud(speeches: readonly Speech[], onEnd: () => void): void {
  stopReading();
  const utterances = speeches.flatMap((speech) =>
    [...sentencesOf(speech)].map((sentence) => {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.lang = speech.language;
      utterance.voice = findVoice(speech.language) ?? null;
      return utterance;
    }),
  );
  let rest = utterances.length;
  let hasEnded = false;
  const end = () => {
    if (!hasEnded) onEnd();
    hasEnded = true;
  };
  for (const utterance of utterances) {
    utterance.onend = () => --rest === 0 && end();
    utterance.onerror = end;
    speechSynthesis.speak(utterance);
  }
}

export function stopReading(): void {
  if ('speechSynthesis' in window) speechSynthesis.cancel();
}
