import { YoujuError } from '../youju-error.ts';

/** Typed arrays in one file: a little-endian header length, a JSON header, then the arrays, each 8-byte aligned. */
export type PackedArray = Uint8Array | Uint16Array | Uint32Array | Float32Array;
type ArrayEntry = { name: string; type: string; offset: number; length: number };

const ALIGNMENT = 8;
const align = (offset: number) => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

export function packFile(arrays: Record<string, PackedArray>): Buffer {
  let offset = 0;
  const entries = Object.entries(arrays).map(([name, array]) => {
    const entry: ArrayEntry = { name, type: array.constructor.name, offset, length: array.length };
    offset = align(offset + array.byteLength);
    return { entry, array };
  });
  const header = Buffer.from(JSON.stringify(entries.map(({ entry }) => entry)), 'utf8');
  const dataStart = align(4 + header.length);
  const file = Buffer.alloc(dataStart + offset);
  file.writeUInt32LE(header.length, 0);
  header.copy(file, 4);
  for (const { entry, array } of entries)
    Buffer.from(array.buffer, array.byteOffset, array.byteLength).copy(file, dataStart + entry.offset);
  return file;
}

/**
 * Reads what `packFile` wrote; the arrays are views of the file's bytes, so that opening copies nothing. The caller has checked the
 * file's hash, so its shape is trusted.
 */
export function unpackFile(file: Buffer) {
  const headerLength = file.readUInt32LE(0);
  const header: ArrayEntry[] = JSON.parse(file.toString('utf8', 4, 4 + headerLength));
  const dataStart = align(4 + headerLength);
  // A typed array must start at a multiple of its element size, and a Buffer may start anywhere.
  const isAligned = file.byteOffset % ALIGNMENT === 0;
  const buffer = isAligned ? file.buffer : file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const start = dataStart + (isAligned ? file.byteOffset : 0);
  const placeOf = (name: string, type: string) => {
    const entry = header.find((candidate) => candidate.name === name && candidate.type === type);
    if (!entry) throw new YoujuError('index-corrupt', `the index file holds no “${name}”: run \`npm run ingest\``);
    return [start + entry.offset, entry.length] as const;
  };
  return {
    bytes: (name: string) => new Uint8Array(buffer, ...placeOf(name, Uint8Array.name)),
    shorts: (name: string) => new Uint16Array(buffer, ...placeOf(name, Uint16Array.name)),
    integers: (name: string) => new Uint32Array(buffer, ...placeOf(name, Uint32Array.name)),
    floats: (name: string) => new Float32Array(buffer, ...placeOf(name, Float32Array.name)),
  };
}

export type UnpackedFile = ReturnType<typeof unpackFile>;
