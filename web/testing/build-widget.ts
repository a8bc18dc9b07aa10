import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The built files by name, e.g. `widget.js`, `widget/panel.<hash>.js`. */
export type WidgetFiles = ReadonlyMap<string, string>;

/** Builds the widget in memory, so that a test never runs against a stale `dist/` nor disturbs one in use. */
export async function buildWidget(): Promise<WidgetFiles> {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
  const built = await build({ configFile, logLevel: 'error', build: { write: false } });
  const files = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  return new Map(files.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]));
}
