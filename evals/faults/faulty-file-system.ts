import { promises, truncateSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { VectorIndex } from '../../ingest/index/vector-index.ts';

/**
 * How a call fails: not carried out; carried out and then reported as failed; a write cut in half, then reported as failed; a write
 * cut in half and reported as done, as hnswlib-node does on a full disk.
 */
export const MANNERS = ['refused', 'done-but-refused', 'half', 'half-unnoticed'] as const;
export type Manner = (typeof MANNERS)[number];
export type FileSystemFault = { at: number; code: string; manner: Manner };

const CALLS = ['open', 'readFile', 'writeFile', 'mkdir', 'readdir', 'rename', 'rm', 'stat'];
const HANDLE_CALLS = ['writeFile', 'sync'];

/** Of an index of some ten thousand. */
const TRUNCATED_BYTES = 5000;

let calls = 0;
let fault: FileSystemFault | undefined;
let failed: string | undefined;

/** From now on counts the file-system calls and fails one of them, if any; without a fault it counts only. */
export function failCall(next: FileSystemFault | undefined): void {
  calls = 0;
  failed = undefined;
  fault = next;
}

/** Ends the fault. @returns the call that failed, if it came to that, and how many calls there were */
export function endFault(): { failed: string | undefined; calls: number } {
  fault = undefined;
  return { failed, calls };
}

/**
 * Puts the faults under `node:fs/promises` and under hnswlib's writing, in this process. Underneath, not through a parameter of
 * the product: so the product has no seam that only tests use, and a call that somebody adds tomorrow is counted too.
 */
export async function installFaults(): Promise<void> {
  for (const name of CALLS) wrap(promises, name);
  const handle = await promises.open(import.meta.filename, 'r');
  for (const name of HANDLE_CALLS) wrap(Object.getPrototypeOf(handle), name);
  await handle.close();
  wrapIndexWrite();
  syncBuiltinESMExports();
}

/** Whether this is the call to fail. */
function isDue(name: string): FileSystemFault | undefined {
  calls++;
  if (calls !== fault?.at) return undefined;
  failed = name;
  return fault;
}

const refusal = ({ code }: FileSystemFault, name: string) => Object.assign(new Error(`${code}: made to fail, ${name}`), { code });

function wrap(owner: object, name: string): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`there is no ${name} to fail`);
  const wrapped = async function (this: unknown, ...args: unknown[]) {
    const due = isDue(name);
    if (!due) return Reflect.apply(original, this, args);
    if (due.manner === 'done-but-refused') await Reflect.apply(original, this, args);
    const [content, ...rest] = args;
    if (name === 'writeFile' && due.manner.startsWith('half') && (typeof content === 'string' || Buffer.isBuffer(content)))
      await Reflect.apply(original, this, [content.slice(0, content.length / 2), ...rest]);
    else if (due.manner === 'half-unnoticed') return Reflect.apply(original, this, args);
    if (due.manner === 'half-unnoticed') return undefined;
    throw refusal(due, name);
  };
  Object.defineProperty(owner, name, { value: wrapped, configurable: true, writable: true });
}

function wrapIndexWrite(): void {
  const { write } = VectorIndex.prototype;
  // hnswlib-node's own methods cannot be replaced.
  VectorIndex.prototype.write = function (file) {
    const due = isDue('write of the vectors');
    write.call(this, file);
    if (!due) return;
    if (due.manner === 'refused' || due.manner === 'done-but-refused') throw refusal(due, 'write of the vectors');
    truncateSync(file, TRUNCATED_BYTES);
  };
}
