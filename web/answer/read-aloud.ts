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
function sentencesOf(text: string, language: string): string[] {
  // Firefox has it since 125 only.
  if (!('Segmenter' in Intl)) return text.match(/[^。！？.!?\n]+[。！？.!?\n]*/g) ?? [];
  return [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)].map(({ segment }) => segment);
}

/** Ends the reading of this widget. The page may have a reader of its own on the same engine. */
let endReading: (() => void) | undefined;

/** Reads aloud, in place of what this widget is reading. `onEnd` comes once: at the end, or when the reading is stopped. */
export function readAloud(text: string, language: string, onEnd: () => void): void {
  stopReading();
  const utterances = sentencesOf(text, language).map((sentence) => {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = language;
    utterance.voice = findVoice(language) ?? null;
    return utterance;
  });
  let rest = utterances.length;
  const end = () => {
    if (endReading !== end) return;
    endReading = undefined;
    onEnd();
  };
  endReading = end;
  for (const utterance of utterances) {
    utterance.onend = () => --rest === 0 && end();
    utterance.onerror = end;
    speechSynthesis.speak(utterance);
  }
}

export function stopReading(): void {
  if (!endReading) return;
  endReading();
  speechSynthesis.cancel();
}
