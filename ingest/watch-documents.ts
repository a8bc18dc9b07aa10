import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { watch } from 'chokidar';
import { YoujuError } from './youju-error.ts';

/** Files that are copied or saved together come in one run; an editor's save takes several steps. */
const QUIET_MILLISECONDS = 500;
/** Hidden files, Word's lock files and editors' backups. */
const ASIDE = /^\.|^~\$|~$/u;

/**
 * Ingests once, then again whenever something changes in the files and folders, until the process is told to end. A run that is
 * refused leaves the old index serving and goes on watching; changes that come during a run bring another one.
 * @param dataFolder is not watched, wherever it lies
 */
export async function watchDocuments(paths: string[], dataFolder: string, ingest: () => Promise<unknown>): Promise<void> {
  const changes = new ChangeSignal();
  const roots = new Set(paths.map((given) => path.resolve(given)));
  const isAside = (file: string) => {
    const resolved = path.resolve(file);
    return !roots.has(resolved) && (isInside(dataFolder, resolved) || ASIDE.test(path.basename(resolved)));
  };
  const watcher = watch(withSidecars(paths), { ignoreInitial: true, ignored: isAside })
    .on('all', () => changes.note())
    .on('error', (error) => console.error(`cannot watch everything: ${String(error)}; a change there needs another \`npm run ingest\``));
  const end = () => {
    changes.end();
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  await once(watcher, 'ready');
  do {
    await ingest().catch(tellRefusal);
    console.log('watching for changes');
  } while (await changes.next());
  await watcher.close();
}

const isInside = (folder: string, file: string) => file === path.resolve(folder) || file.startsWith(path.resolve(folder) + path.sep);

/** A file that is named brings its sidecar and renderings along. */
const withSidecars = (paths: string[]) =>
  paths.flatMap((file) => {
    const stem = path.join(path.dirname(file), path.basename(file, path.extname(file)));
    return path.extname(file) === '' ? [file] : [file, `${file}.json`, `${stem}.json`, `${stem}.renderings`];
  });

function tellRefusal(error: unknown): void {
  if (!(error instanceof YoujuError)) throw error;
  console.error(`${error.code}: ${error.message}`);
}

/** Tells that something changed and that it has been quiet since, or that it is over. */
class ChangeSignal {
  #changes = 0;
  #seen = 0;
  #isOver = false;
  #wake = () => {};

  note(): void {
    this.#changes++;
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Waits for changes since the last call, and until no more follow. @returns `false` when it is over */
  async next(): Promise<boolean> {
    while (this.#changes === this.#seen && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    while (this.#changes !== this.#seen && !this.#isOver) {
      this.#seen = this.#changes;
      await setTimeout(QUIET_MILLISECONDS);
    }
    return !this.#isOver;
  }
}
