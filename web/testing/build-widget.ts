import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the widget in memory, so that a test never runs against a stale `dist/` nor disturbs one in use. */
export async function buildWidget(): Promise<string> {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
  const built = await build({ configFile, logLevel: 'error', build: { write: false } });
  const bundles = Array.isArray(built) ? built : [built];
  const files = bundles.flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const script = files.find((file) => file.type === 'chunk' && file.isEntry);
  if (script?.type !== 'chunk') throw new Error('The build gave no script.');
  return script.code;
}
