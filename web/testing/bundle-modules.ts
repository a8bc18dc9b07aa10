import path from 'node:path';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Bundles modules given as text, as a developer's own build would do it: packages come from `node_modules`, modules import each
 * other as `./name`. In development mode, so that React says what it would complain about.
 * @param entry the name of the module to begin with
 */
export async function bundleModules(modules: ReadonlyMap<string, string>, entry: string): Promise<string> {
  const given = new Map([...modules].map(([name, text]) => [path.join(ROOT, name), text]));
  const built = await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    mode: 'development',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, minify: false, rolldownOptions: { input: path.join(ROOT, entry) } },
    plugins: [
      {
        name: 'modules-given-as-text',
        enforce: 'pre',
        resolveId: (id) => [...given.keys()].find((file) => file === id || file === path.join(ROOT, id)),
        load: (id) => given.get(id),
      },
    ],
  });
  const chunks = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const [bundled] = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : []));
  if (bundled === undefined) throw new Error('the build gave no code');
  return bundled;
}
