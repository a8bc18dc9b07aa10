import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Unpacks a package, without its dependencies, into `folder` and gives the folder of its files.
 * Peers are no development dependencies: theirs would make every `npm ci` several hundred megabytes larger.
 */
export async function fetchPackage(nameAndVersion: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder, nameAndVersion]);
  const archive = packed.stdout.trim().split('\n').at(-1) ?? '';
  await run('tar', ['-xzf', path.join(folder, archive), '-C', folder]);
  return path.join(folder, 'package');
}
