import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import type { InlineConfig, Plugin, UserConfig } from 'vite';
import { build, defineConfig } from 'vite';

const shared = { root: import.meta.dirname, publicDir: false } satisfies UserConfig;
const target = ['chrome108', 'edge108', 'firefox115', 'safari16.4'];

const integrityOf = (code: string) => `sha384-${createHash('sha384').update(code).digest('base64')}`;
const contentName = (name: string, code: string) => `${name}.${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`;
const kilobytes = (code: string) => `${(brotliCompressSync(code).length / 1000).toFixed(1)} kB brotli`;

/** The panel, an ES module that the launcher imports when it is first opened. */
async function buildPanel(): Promise<string> {
  const configuration: InlineConfig = {
    ...shared,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: { input: 'panel/chat-panel.ts', preserveEntrySignatures: 'strict' },
    },
  };
  const built = await build(configuration);
  const chunks = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const [panel] = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : []));
  if (panel === undefined) throw new Error('the build gave no panel');
  return panel;
}

/** Adds the panel, and the widget under a name that changes with its content, so that a page can pin it by its hash. */
function contentAddressedFiles(panel: string): Plugin {
  return {
    name: 'content-addressed-files',
    generateBundle(_options, bundle) {
      const widget = bundle['widget.js'];
      if (widget?.type !== 'chunk') throw new Error('the build gave no widget');
      this.emitFile({ type: 'asset', fileName: `widget/${contentName('panel', panel)}`, source: panel });
      this.emitFile({ type: 'asset', fileName: `widget/${contentName('widget', widget.code)}`, source: widget.code });
    },
    writeBundle(_options, bundle) {
      const widget = bundle['widget.js'];
      if (widget?.type !== 'chunk') return;
      console.log(`widget.js ${kilobytes(widget.code)}, panel ${kilobytes(panel)} more when it is opened. Pinned by its hash:`);
      console.log(
        `<script src="/widget/${contentName('widget', widget.code)}" integrity="${integrityOf(widget.code)}" crossorigin="anonymous" async></script>`,
      );
    },
  };
}

/** One classic script, so that an embedding page needs a single `<script async>` and no module support of its own. */
export default defineConfig(async (): Promise<UserConfig> => {
  const panel = await buildPanel();
  return {
    ...shared,
    define: { PANEL_FILE: JSON.stringify(contentName('panel', panel)), PANEL_INTEGRITY: JSON.stringify(integrityOf(panel)) },
    plugins: [contentAddressedFiles(panel)],
    build: {
      outDir: '../dist/web',
      emptyOutDir: true,
      target,
      lib: { entry: 'launcher/widget.ts', formats: ['iife'], name: 'YoujuWidget', fileName: () => 'widget.js' },
    },
  };
});
