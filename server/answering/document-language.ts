import { type Language, languageSchema } from '../wire.ts';

/** A document's language where we have words in it, for labels and pages that nobody asked for in another; else English. */
export const documentLanguage = ({ language }: { language: string }): Language => languageSchema.safeParse(language).data ?? 'en';
