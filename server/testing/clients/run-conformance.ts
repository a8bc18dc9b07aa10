import { execFile } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../../ingest/package-root.ts';

const PROGRAM = path.join(packageRoot, 'node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js');

const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

/** The suite imports `globSync` of `fs`, which came with Node 22, for a command that we do not call. */
const FS = dataUrl("export * from 'node:fs'; export { default } from 'node:fs'; export const globSync = undefined;");
const HOOK = dataUrl(
  `export const resolve = (name, context, next) => (name === 'fs' ? { url: ${JSON.stringify(FS)}, shortCircuit: true } : next(name, context));`,
);
const REGISTER = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(HOOK)});`);

export type ScenarioCount = { scenario: string; passed: number; failed: number };

/** Runs every scenario of the official suite (https://github.com/modelcontextprotocol/conformance) against an MCP endpoint. */
export async function runConformance(url: string): Promise<ScenarioCount[]> {
  const output = await new Promise<string>((resolve) => {
    // It exits with 1 where a scenario fails, as those do that need tools made for the suite.
    execFile(process.execPath, ['--import', REGISTER, PROGRAM, 'server', '--url', url, '--suite', 'all'], (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
  });
  const counts = [...output.matchAll(/^[✓✗] (\S+): (\d+) passed, (\d+) failed/gmu)];
  if (counts.length === 0) throw new Error(`the conformance suite did not run: ${output.slice(-2000)}`);
  return counts.map(([, scenario = '', passed, failed]) => ({ scenario, passed: Number(passed), failed: Number(failed) }));
}
