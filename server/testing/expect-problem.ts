import { expect } from 'vitest';
import type { RawResponse } from './clients/send-raw.ts';
import { strictProblem } from './wire-schemas.ts';

/** A refusal as promised: problem details with this status and code, and nothing of our insides. */
export function expectProblem({ status, headers, body }: RawResponse, expected: number, code: string): void {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = strictProblem.parse(JSON.parse(body));
  expect({ status, code: problem.code }).toEqual({ status: expected, code });
  expect(problem.status).toBe(status);
  // No stack trace, no path of ours.
  expect(body).not.toMatch(/\n\s+at |node_modules|\.ts:|\.js:|\/work\//);
}
