import { YoujuError } from '../youju-error.ts';

/** Typed arrays and strings in one file: a little-endian header length, a JSON header, then the arrays, each 8-byte aligned. */
export type PackedArray = Uint32Array | Float32Array;
type ArrayEntry = { name: string; type: 'u32' | 'f32'; offset: number; length: number };
type Header = { strings: Record<string, string[]>; arrays: ArrayEntry[] };

const align = (offset: number) => Math.ceil(offset / 8) * 8;

export function packFile(strings: Record<string, string[]>, arrays: Record<string, PackedArray>): Buffer {
  let offset = 0;
  const entries: ArrayEntry[] = Object.entries(arrays).map(([name, array]) => {
    const entry: ArrayEntry = { name, type: array instanceof Uint32Array ? 'u32' : 'f32', offset, length: array.length };
    offset = align(offset + array.byteLength);
    return entry;
  });
  const header = Buffer.from(JSON.stringify({ strings, arrays: entries } satisfies Header), 'utf8');
  const dataStart = align(4 + header.length);
  const file = Buffer.alloc(dataStart + offset);
  file.writeUInt32LE(header.length, 0);
  header.copy(file, 4);
  for (const [index, array] of Object.values(arrays).entries()) {
    Buffer.from(array.buffer, array.byteOffset, array.byteLength).copy(file, dataStart + (entries[index]?.offset ?? 0));
  }
  return file;
}

/** Reads what `packFile` wrote. The caller has checked the file's hash, so its shape is trusted. */
export function unpackFile(file: Buffer) {
  const headerLength = file.readUInt32LE(0);
  const header: Header = JSON.parse(file.toString('utf8', 4, 4 + headerLength));
  const dataStart = align(4 + headerLength);
  const bytesOf = (name: string, type: ArrayEntry['type']) => {
    const entry = header.arrays.find((candidate) => candidate.name === name && candidate.type === type);
    if (!entry) throw new YoujuError('index-corrupt', `the index file holds no “${name}”: run \`npm run ingest\``);
    // Copied, because a typed array must start at a multiple of its element size and a Buffer may not.
    return file.buffer.slice(file.byteOffset + dataStart + entry.offset, file.byteOffset + dataStart + entry.offset + entry.length * 4);
  };
  return {
    strings: (name: string): string[] => header.strings[name] ?? [],
    integers: (name: string) => new Uint32Array(bytesOf(name, 'u32')),
    floats: (name: string) => new Float32Array(bytesOf(name, 'f32')),
  };
}
