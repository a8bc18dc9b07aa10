import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** One data folder for all test files of a run; the first that needs the index fills it (`statement.ts`). */
    sharedDataFolder: string;
  }
}

/** Global setup: a place for the index that the server's tests share. */
export default async function provideSharedDataFolder(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'youju-statement-'));
  project.provide('sharedDataFolder', dataFolder);
  return () => rm(dataFolder, { recursive: true, force: true });
}
