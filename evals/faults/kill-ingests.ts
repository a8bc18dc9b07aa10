import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { generationsFolder, readCurrent } from '../../ingest/index/generation-files.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { count, type FaultReport, newReport, promise } from './fault-report.ts';
import { AskedServer } from './serve-while.ts';
import { type StartedProgram, startProgram } from './start-program.ts';
import { dataFolderOf, ingestArguments, leftovers, otherThan, type Version, versionOf, writeVersions } from './two-versions.ts';

/**
 * The phases of an ingest, each killed as often as another: until it has read the documents, while it analyses them, and while it
 * writes. Of 3 s it writes for 0.08 s: moments spread over the whole time would seldom meet that, and cost as much.
 */
const PHASES = ['starting', 'analysing', 'writing'] as const;
type Phase = (typeof PHASES)[number];
/** The server is killed, too, and started again after so many kills of ingests. */
const KILLS_A_SERVER = 50;
/** Every so many kills, two ingests run at once and one of them is killed. */
const KILLS_A_PAIR = 10;

/** What is to be killed, and when: `moment` in 0…1 of the phase. */
type Kill = { phase: Phase; moment: number; withAnother: boolean };

/** One data folder, what was published in it. */
class Kills {
  readonly report = newReport('whole ingests killed');
  readonly published = new Map<string, Version>();
  readonly dataFolder: string;
  readonly #root: string;
  /** Milliseconds that the phases of the last whole ingest took. */
  #durations: Record<Phase, number> = { starting: 0, analysing: 0, writing: 0 };

  constructor(root: string) {
    this.#root = root;
    this.dataFolder = dataFolderOf(root);
  }

  #start(version: Version): StartedProgram {
    return startProgram('ingest/ingest-command.js', ingestArguments(this.#root, version));
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
  async ingest(): Promise<void> {
    const version = this.published.size === 0 ? 'shanghai' : otherThan(await this.note());
    const start = performance.now();
    const run = this.#start(version);
    await this.#until(run, 'analysing');
    const analyses = performance.now();
    await this.#until(run, 'writing');
    const writes = performance.now();
    const { code, stderr } = await run.ending;
    promise(this.report, code === 0, `an ingest fails: ${stderr}`);
    this.#durations = { starting: analyses - start, analysing: writes - analyses, writing: performance.now() - writes };
    promise(this.report, (await this.note()) === version, `an ingest did not publish ${version}`);
    const left = await leftovers(this.dataFolder);
    promise(this.report, left.length === 0, `an ingest leaves ${left.join(' ')}`);
  }

  async kill({ phase, moment, withAnother }: Kill): Promise<void> {
    const version = otherThan(await this.note());
    const another = withAnother ? this.#start(version) : undefined;
    const run = this.#start(version);
    await this.#until(run, phase);
    await Promise.race([delay(moment * this.#durations[phase]), run.ending]);
    run.child.kill('SIGKILL');
    const { signal } = await run.ending;
    count(this.report, signal === 'SIGKILL' ? 'kills' : 'ingests that were faster');
    if (signal === 'SIGKILL') count(this.report, `of them ${phase}`);
    const other = await another?.ending;
    const isWellEnded = other === undefined || other.code === 0 || other.stderr.startsWith('ingest-running: ');
    promise(this.report, isWellEnded, `an ingest beside another ends with ${other?.code}: ${other?.stderr}`);
    if (other) count(this.report, other.code === 0 ? 'second ingests that published' : 'second ingests that were refused');
    if ((await this.note()) === version) count(this.report, 'of all after publishing');
  }

  /** Waits for a phase to begin, or for the end of a run that does not come so far. */
  async #until(run: StartedProgram, phase: Phase): Promise<void> {
    const names = (): Promise<string[]> => readdir(generationsFolder(this.dataFolder)).catch(() => []);
    const known = phase === 'writing' ? await names() : [];
    let hasEnded = false;
    run.ending.finally(() => {
      hasEnded = true;
    });
    const hasBegun: Record<Phase, () => boolean | Promise<boolean>> = {
      starting: () => true,
      analysing: () => run.output().includes('read '),
      writing: async () => (await names()).some((name) => !known.includes(name)),
    };
    while (!hasEnded && !(await hasBegun[phase]())) await delay(2);
  }
}

/** Kills whole ingests at random moments of each phase while a server answers questions from the same data folder. */
export async function killIngests(root: string, kills: number, seed: number): Promise<FaultReport> {
  await writeVersions(root);
  const work = new Kills(root);
  const { report } = work;
  for (let turn = 0; turn < 2; turn++) await work.ingest();
  const server = new AskedServer(report, work.dataFolder);
  await server.start();
  const moments = fc.sample(fc.tuple(fc.constantFrom(...PHASES), fc.double({ min: 0, max: 1, noNaN: true })), { seed, numRuns: 3 * kills });
  for (const [turn, [phase, moment]] of moments.entries()) {
    if ((report.outcomes['kills'] ?? 0) >= kills) break;
    await work.kill({ phase, moment, withAnother: turn % KILLS_A_PAIR === KILLS_A_PAIR - 1 });
    if (turn % KILLS_A_SERVER !== KILLS_A_SERVER - 1) continue;
    await work.ingest();
    await server.stop('SIGKILL');
    await server.start();
    count(report, 'servers killed and started again');
  }
  await work.ingest();
  const last = await readCurrent(work.dataFolder);
  // The server looks every second.
  await delay(2000);
  await server.stop('SIGTERM');
  promise(report, last !== undefined, 'nothing is published in the end');
  server.verify(work.published);
  return report;
}
