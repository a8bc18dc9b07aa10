import path from 'node:path';
import { defineConfig } from 'vite';

/** With code of its own that is compiled for the machine, or loaded by few servers only. */
const LEFT_OUT = [/^hnswlib-node$/, /^@node-rs\/jieba/, /^fs-native-extensions$/, /^@?langchain/, /^opencc-js/, /^pg$/, /^unhomoglyph$/];

/** The server with its libraries in a few files: to find, read and link 500 of them took half of a start. */
export default defineConfig({
  root: path.dirname(import.meta.dirname),
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/bundle',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: ['server/serve.ts', 'server/start.ts'],
      external: LEFT_OUT,
      // Names of functions and classes stay: the log tells errors by them.
      output: {
        // Node loads CommonJS in two thirds of the time that it takes for ES modules.
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        minify: {
          mangle: { keepNames: true },
          compress: { keepNames: { function: true, class: true } },
          codegen: { removeWhitespace: true },
        },
      },
    },
  },
});
