import { defineConfig } from 'vite';

/** One classic script, so that an embedding page needs a single `<script async>` and no module support of its own. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: ['chrome108', 'edge108', 'firefox115', 'safari16.4'],
    lib: { entry: 'widget.ts', formats: ['iife'], name: 'Youju', fileName: () => 'widget.js' },
  },
});
