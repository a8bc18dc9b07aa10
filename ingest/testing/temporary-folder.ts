import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await keptFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** A folder for several tests; whoever asks for it removes it. */
export const keptFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'youju-'));

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
