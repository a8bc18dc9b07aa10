import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { YoujuError } from '../../ingest/youju-error.ts';

const xquadSchema = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(z.object({ context: z.string(), qas: z.array(z.object({ id: z.string(), question: z.string() })) })),
    }),
  ),
});

/** A question whose answer stands in one paragraph; `paragraph` counts through all articles. */
export type ParagraphQuestion = { id: string; question: string; paragraph: number; half: 'tuning' | 'reporting' };

/** XQuAD (Artetxe et al. 2020, CC BY-SA 4.0): articles of Chinese paragraphs and parallel questions about them. */
export type ParagraphSet = {
  articles: { title: string; paragraphs: string[] }[];
  questions: Record<'zh' | 'en' | 'ru', ParagraphQuestion[]>;
};

async function readLanguage(folder: string, language: string) {
  const file = path.join(folder, `xquad.${language}.json`);
  const json = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new YoujuError(
      'no-documents',
      `${file} cannot be read: name the folder that holds xquad.zh.json, xquad.en.json and xquad.ru.json (https://github.com/google-deepmind/xquad)`,
      { cause },
    );
  });
  return xquadSchema.parse(JSON.parse(json)).data;
}

function questionsOf(articles: z.infer<typeof xquadSchema>['data']): ParagraphQuestion[] {
  const paragraphs = articles.flatMap((article) => article.paragraphs);
  const questions = paragraphs.flatMap(({ qas }, paragraph) => qas.map(({ id, question }) => ({ id, question, paragraph })));
  // The languages are parallel: a question is in the same half in each.
  return questions.map((question, number) => ({ ...question, half: number % 2 === 0 ? 'tuning' : 'reporting' }));
}

/**
 * Reads the folder that `--xquad` names.
 * @throws YoujuError `no-documents` where a file is absent
 */
export async function readXquad(folder: string): Promise<ParagraphSet> {
  const [zh, en, ru] = await Promise.all(['zh', 'en', 'ru'].map((language) => readLanguage(folder, language)));
  const articles = (zh ?? []).map(({ title, paragraphs }) => ({ title, paragraphs: paragraphs.map(({ context }) => context) }));
  return { articles, questions: { zh: questionsOf(zh ?? []), en: questionsOf(en ?? []), ru: questionsOf(ru ?? []) } };
}
