import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/node';

/** Closes every run with the line that CI and readers look for. */
const closingLine: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failedTests = tests.filter((test) => test.result().state === 'failed').length;
    const failedFiles = modules.filter((module) => module.errors().length > 0).length;
    const skipped = tests.filter((test) => test.result().state === 'skipped').length;
    console.log(
      `${passed} passed, ${failedTests + failedFiles + unhandledErrors.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    );
  },
};

export default defineConfig({
  test: {
    include: ['{ingest,server,web,evals}/**/*.test.ts'],
    globalSetup: 'server/testing/shared-data-folder.ts',
    reporters: ['default', closingLine],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A second is not much on two busy cores.
    expect: { poll: { timeout: 10_000 } },
  },
});
