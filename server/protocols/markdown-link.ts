const escapeLinkText = (text: string) => text.replace(/[\\[\]]/g, (mark) => `\\${mark}`);

/** URLs of places hold no parentheses or spaces (citation-url.ts). */
export const markdownLink = (text: string, url: string): string => `[${escapeLinkText(text)}](${url})`;
