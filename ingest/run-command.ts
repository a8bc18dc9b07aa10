import type { Command } from 'commander';
import { loadEnvironmentFile } from './ingest-configuration.ts';
import { YoujuError } from './youju-error.ts';

/** Runs a command line: `.env` first; an error of ours is one line for the operator and this exit code, any other one a stack trace. */
export async function runCommand(command: Command, failureCode = 1): Promise<void> {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : failureCode));
  try {
    loadEnvironmentFile();
    await command.parseAsync();
  } catch (error) {
    if (!(error instanceof YoujuError)) throw error;
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = failureCode;
  }
}
