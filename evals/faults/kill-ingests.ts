import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { generationsFolder, readCurrent } from '../../ingest/index/generation-files.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { count, type FaultReport, newReport, promise } from './fault-report.ts';
import { AskedServer } from './serve-while.ts';
import { type StartedProgram, startProgram } from './start-program.ts';
import {
  dataFolderOf,
  ingestArguments,
  leftovers,
  otherThan,
  prepareParts,
  type Version,
  versionOf,
  writeVersions,
} from './two-versions.ts';

type Work = 'ingest' | 'publish';

/** Reading and analysing, in which an ingest does not touch the data folder, take seconds: one kill in so many is of a whole ingest. */
const KILLS_A_WHOLE = 10;
/** The server is killed, too, and started again after so many kills of ingests. */
const KILLS_A_SERVER = 50;
/** Every so many kills, two ingests run at once and one of them is killed. */
const KILLS_A_PAIR = 10;

/** One data folder, what was published in it. */
class Kills {
  readonly report = newReport('ingests killed');
  readonly published = new Map<string, Version>();
  readonly #root: string;
  readonly dataFolder: string;
  /** How long an ingest and one that only publishes take, and for how long they write. */
  readonly #durations = { ingest: { whole: 0, writing: 0 }, publish: { whole: 0, writing: 0 } };

  constructor(root: string) {
    this.#root = root;
    this.dataFolder = dataFolderOf(root);
  }

  #start(work: Work, version: Version): StartedProgram {
    if (work === 'ingest') return startProgram('ingest/ingest-command.js', ingestArguments(this.#root, version));
    return startProgram('evals/faults/publish-program.js', [this.#root, version]);
  }

  /** Opens what is published and notes it. */
  async note(): Promise<Version> {
    const index = await openCurrentIndex(this.dataFolder).catch(String);
    const version = typeof index === 'string' ? undefined : versionOf(index);
    promise(this.report, version !== undefined, `what is published opens as ${typeof index === 'string' ? index : 'a mixture'}`);
    if (typeof index !== 'string' && version !== undefined) this.published.set(index.manifest.generation, version);
    return version ?? 'shanghai';
  }

  /** An ingest to its end, which must work. */
  async ingest(work: Work): Promise<void> {
    const version = this.published.size === 0 ? 'shanghai' : otherThan(await this.note());
    const start = performance.now();
    const run = this.#start(work, version);
    await this.#untilItWrites(run);
    const writes = performance.now();
    const { code, stderr } = await run.ending;
    promise(this.report, code === 0, `an ingest fails: ${stderr}`);
    this.#durations[work] = { whole: performance.now() - start, writing: performance.now() - writes };
    promise(this.report, (await this.note()) === version, `an ingest did not publish ${version}`);
    const left = await leftovers(this.dataFolder);
    promise(this.report, left.length === 0, `an ingest leaves ${left.join(' ')}`);
  }

  /** Kills an ingest at a moment in 0…1 of its whole time or of the time in which it writes. */
  async kill(work: Work, moment: number, whileWriting: boolean, withAnother: boolean): Promise<void> {
    const version = otherThan(await this.note());
    const another = withAnother ? this.#start(work, version) : undefined;
    const run = this.#start(work, version);
    const { whole, writing } = this.#durations[work];
    if (whileWriting) await this.#untilItWrites(run);
    await Promise.race([delay(moment * (whileWriting ? writing : whole)), run.ending]);
    run.child.kill('SIGKILL');
    const { signal } = await run.ending;
    count(this.report, signal === 'SIGKILL' ? 'kills' : 'ingests that were faster');
    if (signal === 'SIGKILL' && work === 'ingest') count(this.report, 'of them of whole ingests');
    const other = await another?.ending;
    const isWellEnded = other === undefined || other.code === 0 || other.stderr.startsWith('ingest-running: ');
    promise(this.report, isWellEnded, `an ingest beside another ends with ${other?.code}: ${other?.stderr}`);
    if (other) count(this.report, other.code === 0 ? 'second ingests that published' : 'second ingests that were refused');
    if ((await this.note()) === version) count(this.report, 'of all after publishing');
  }

  async #untilItWrites(run: StartedProgram): Promise<void> {
    const names = (): Promise<string[]> => readdir(generationsFolder(this.dataFolder)).catch(() => []);
    const known = await names();
    let hasEnded = false;
    run.ending.finally(() => {
      hasEnded = true;
    });
    while (!hasEnded && (await names()).every((name) => known.includes(name))) await delay(2);
  }
}

/** Kills ingests at random moments while a server answers questions from the same data folder. */
export async function killIngests(root: string, kills: number, seed: number): Promise<FaultReport> {
  await writeVersions(root);
  const work = new Kills(root);
  const { report } = work;
  for (const version of ['shanghai', 'astana'] as const) await prepareParts(root, version);
  for (const kind of ['ingest', 'publish'] as const) await work.ingest(kind);
  const server = new AskedServer(report, work.dataFolder);
  await server.start();
  const moments = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: 3 * kills });
  for (const [turn, moment] of moments.entries()) {
    if ((report.outcomes['kills'] ?? 0) >= kills) break;
    const kind = turn % KILLS_A_WHOLE === 0 ? 'ingest' : 'publish';
    await work.kill(kind, moment, turn % 4 < 2, turn % KILLS_A_PAIR === KILLS_A_PAIR - 1);
    if (turn % KILLS_A_SERVER !== KILLS_A_SERVER - 1) continue;
    await work.ingest('publish');
    await server.stop('SIGKILL');
    await server.start();
    count(report, 'servers killed and started again');
  }
  await work.ingest('ingest');
  const last = await readCurrent(work.dataFolder);
  // The server looks every second.
  await delay(2000);
  await server.stop('SIGTERM');
  promise(report, last !== undefined, 'nothing is published in the end');
  server.verify(work.published);
  return report;
}
