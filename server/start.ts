import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/**
 * Starts the bundled server with what V8 made of its code when it was built; reading a megabyte of code anew takes a third of a start.
 * With `--compile`, the last step of the build, it makes that and ends. Another version of Node than that of the build refuses what
 * was made, and reads the code.
 */
const isBuild = process.argv[2] === '--compile';
const require = createRequire(import.meta.url);
const compiled = new Map<string, Script>();

const compiledFile = (file: string) => `${file}.compiled`;

require.extensions['.cjs'] = (module, file) => {
  const known = compiledFile(file);
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), {
    filename: file,
    cachedData: !isBuild && existsSync(known) ? readFileSync(known) : undefined,
  });
  compiled.set(file, script);
  script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
};
const { serve }: typeof import('./serve.ts') = require(path.join(import.meta.dirname, 'serve.cjs'));
// What is loaded later may import other packages, which compiled code cannot.
delete require.extensions['.cjs'];

if (isBuild) for (const [file, script] of compiled) writeFileSync(compiledFile(file), script.createCachedData());
else serve();
