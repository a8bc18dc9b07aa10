import { Worker } from 'node:worker_threads';
import { YoujuError } from '../youju-error.ts';
import { readBytes } from './read-bytes.ts';
import type { ReadingRequest, ReadingResponse } from './source-reader.ts';

/**
 * Reads files one at a time for the ingest, in a process of its own: what a hostile file does to a parser happens here.
 * The first argument is how many bytes of memory it may take.
 */
const MOST_MEMORY = Number(process.argv[2]);

/**
 * The heap has a limit of its own, but buffers are outside of it; a thread sees them grow while the parser never comes up for air. It
 * also ends a parser whose ingest was killed: nobody waits for it any more.
 */
const WATCHER = `
  const parent = process.ppid;
  setInterval(() => {
    if (process.memoryUsage.rss() > ${MOST_MEMORY} || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 20);
`;
new Worker(WATCHER, { eval: true }).unref();

const respond = (response: ReadingResponse) => process.send?.(response);

process.on('message', async ({ format, bytes }: ReadingRequest) => {
  const reading = readBytes(format, bytes).then((read) => ({ read }));
  respond(await reading.catch((error: unknown) => ({ refusal: refusalOf(error) })));
});
respond({ ready: true });

/** A parser that fails in a way of its own was given a file that is broken in one. */
function refusalOf(error: unknown): { code: YoujuError['code']; message: string } {
  if (error instanceof YoujuError) return { code: error.code, message: error.message };
  return { code: 'bad-document', message: `is broken: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` };
}
