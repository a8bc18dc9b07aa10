import { defineConfig } from 'vite';

/** The page's one script and one stylesheet. A classic script: it reads its words from its own tag. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: '../../dist/web/pages',
    emptyOutDir: true,
    target: ['chrome108', 'edge108', 'firefox115', 'safari16.4'],
    lib: {
      entry: 'policy-page.ts',
      formats: ['iife'],
      name: 'YoujuPage',
      fileName: () => 'policy-page.js',
      cssFileName: 'policy-page',
    },
  },
});
