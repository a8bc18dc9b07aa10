import { RandomSource } from '../../fuzz/random-source.ts';
import type { EvalCase } from '../../statement/eval-case.ts';

const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'] as const;

/**
 * So many questions, no two alike, in five languages by turns: the beginning of one that was really asked with the end of another, each cut
 * between two words near its middle. Their words come up again and again, as visitors' do; no whole question does.
 */
export function recombineQuestions(cases: readonly EvalCase[], count: number, seed: number): string[] {
  const halves = LANGUAGES.map((language) =>
    cases.filter((asked) => asked.language === language && !asked.history).map(({ question }) => cutInHalf(question, language)),
  );
  const questions = new Set<string>();
  for (let turn = 0; questions.size < count; turn++) {
    const random = new RandomSource(seed, turn);
    const ofLanguage = halves[turn % halves.length] ?? [];
    questions.add(`${random.pick(ofLanguage)[0]}${random.pick(ofLanguage)[1]}`);
  }
  return [...questions];
}

/** Both halves of a question, what is between them included. */
export function cutInHalf(question: string, language: string): [string, string] {
  const words = new Intl.Segmenter(language, { granularity: 'word' }).segment(question);
  const middle = words.containing(question.length >> 1)?.index ?? 0;
  return [question.slice(0, middle), question.slice(middle)];
}
