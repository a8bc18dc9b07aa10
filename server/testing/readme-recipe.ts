import { readFileSync } from 'node:fs';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Where the README says that the server is. */
const DOCUMENTED_ADDRESS = 'http://localhost:3000';

/**
 * The first block of code below a heading of the README, for a server at this address: what a reader copies is what the test runs.
 * @throws Error where the README has no such recipe
 */
export function readmeRecipe(heading: string, language: string, server: string): string {
  const section = README.split(/^### /m).find((candidate) => candidate.startsWith(`${heading}\n`));
  const code = section?.split(`\`\`\`${language}\n`)[1]?.split('```')[0];
  if (code === undefined) throw new Error(`the README has no ${language} below “### ${heading}”`);
  return code.replaceAll(DOCUMENTED_ADDRESS, server);
}
