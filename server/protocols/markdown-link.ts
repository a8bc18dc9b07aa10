const escapeLinkText = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\[\]]/g, (mark) => `\\${mark}`);

/** On one line. URLs of places hold no parentheses or spaces of their own (citation-url.ts). */
export const markdownLink = (text: string, url: string): string => `[${escapeLinkText(text)}](${url})`;
