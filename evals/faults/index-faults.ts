import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import {
  currentPointer,
  generationFolder,
  MANIFEST_FILE,
  MANIFEST_PROOF_FILE,
  manifestProof,
} from '../../ingest/index/generation-files.ts';

/** Something wrong with the published generation; `apply` does it, and gives what undoes it. */
export type IndexFault = { name: string; apply: () => Promise<() => Promise<unknown>> };

export type FaultPlan = { dataFolder: string; current: string; previous: string; flips: number; truncations: number; seed: number };

/** Every fault of the plan, the same for the same plan. */
export async function planFaults(plan: FaultPlan): Promise<IndexFault[]> {
  const folder = generationFolder(plan.dataFolder, plan.current);
  const names = (await readdir(folder)).toSorted();
  const files = [...names.map((name) => path.join(folder, name)), currentPointer(plan.dataFolder)];
  return [
    ...files.slice(0, -1).map(missing),
    ...names.map((name) => swapped(plan, name)),
    ...manifestFaults(folder),
    ...pointerFaults(plan),
    ...(await randomFaults(files, plan)),
  ];
}

const rewrite = (name: string, file: string, change: (content: Buffer) => Buffer | string): IndexFault => ({
  name,
  async apply() {
    const whole = await readFile(file);
    await writeFile(file, change(Buffer.from(whole)));
    return () => writeFile(file, whole);
  },
});

const missing = (file: string): IndexFault => ({
  name: `${path.basename(file)} missing`,
  async apply() {
    await rename(file, `${file}.away`);
    return () => rename(`${file}.away`, file);
  },
});

/** A file of the previous generation in the place of this one's. */
const swapped = ({ dataFolder, current, previous }: FaultPlan, file: string): IndexFault => ({
  name: `${file} of the previous generation`,
  async apply() {
    const other = await readFile(path.join(generationFolder(dataFolder, previous), file));
    return rewrite('', path.join(generationFolder(dataFolder, current), file), () => other).apply();
  },
});

/** Manifests that prove themselves and say something else. */
function manifestFaults(folder: string): IndexFault[] {
  const forged = (name: string, pattern: RegExp, replacement: string): IndexFault => ({
    name,
    async apply() {
      const manifest = (await readFile(path.join(folder, MANIFEST_FILE), 'utf8')).replace(pattern, replacement);
      const undoManifest = await rewrite('', path.join(folder, MANIFEST_FILE), () => manifest).apply();
      const undoProof = await rewrite('', path.join(folder, MANIFEST_PROOF_FILE), () => manifestProof(manifest)).apply();
      return () => Promise.all([undoManifest(), undoProof()]);
    },
  });
  return [
    forged('older schema', /"schema": \d+/, '"schema": 1'),
    forged('other model', /"model": "[^"]+"/, '"model": "another"'),
    forged('other dimension', /"dimension": \d+/, '"dimension": 256'),
    forged('other count of vectors', /"chunks": \d+/, '"chunks": 4000'),
    forged('other generation', /"generation": "\d{4}/, '"generation": "1999'),
  ];
}

function pointerFaults({ dataFolder, current, previous }: FaultPlan): IndexFault[] {
  const pointer = currentPointer(dataFolder);
  const half = '20990101000000-deadbeef';
  const contents = ['', 'rubbish', '../../etc', '20990101000000-00000000', `${current}x`, current.slice(0, -1), '\u0000'];
  return [
    ...contents.map((content) => rewrite(`CURRENT holds ${JSON.stringify(content)}`, pointer, () => content)),
    {
      name: 'CURRENT names a half copy',
      async apply() {
        const copy = generationFolder(dataFolder, half);
        await cp(generationFolder(dataFolder, current), copy, { recursive: true });
        for (const name of (await readdir(copy)).toSorted().slice(0, 5)) await rm(path.join(copy, name));
        const undo = await rewrite('', pointer, () => half).apply();
        return () => Promise.all([undo(), rm(copy, { recursive: true })]);
      },
    },
    {
      name: 'CURRENT names a folder that holds the previous generation',
      async apply() {
        const copy = generationFolder(dataFolder, half);
        await cp(generationFolder(dataFolder, previous), copy, { recursive: true });
        const undo = await rewrite('', pointer, () => half).apply();
        return () => Promise.all([undo(), rm(copy, { recursive: true })]);
      },
    },
  ];
}

/** Truncations and bit flips, each file as often as any other, so that the manifest and CURRENT get their share. */
async function randomFaults(files: string[], { flips, truncations, seed }: FaultPlan): Promise<IndexFault[]> {
  const places = fc.sample(fc.tuple(fc.nat(files.length - 1), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(7)), {
    seed,
    numRuns: flips + truncations,
  });
  const lengths = await Promise.all(files.map(async (file) => (await readFile(file)).length));
  return places.map(([number, place, bit], turn) => {
    const file = files[number] ?? '';
    const position = Math.floor(place * (lengths[number] ?? 0));
    if (turn < truncations) return rewrite(`${path.basename(file)} cut at ${position}`, file, (content) => content.subarray(0, position));
    return rewrite(`${path.basename(file)} bit ${bit} of byte ${position}`, file, (content) => {
      content[position] = (content[position] ?? 0) ^ (1 << bit);
      return content;
    });
  });
}
