import { findSecret } from '../../server/testing/find-secret.ts';
import type { CheckedDocument } from '../../server/testing/wire-schemas.ts';
import { misquotesIn } from '../fuzz/statement-source.ts';
import type { Reply } from './ask-in-protocol.ts';
import { CANARY_KEY } from './faulty-server.ts';

/** One question under a fault: what came back, whether it may be the model's, how long it took and what it cost upstream. */
export type Run = { reply: Reply; mayBeModels: boolean; milliseconds: number; calls: number };

const MOST_CALLS = 2;
const GRACE_MILLISECONDS = 1000;

/** The promises that a run breaks, in words. */
export function faultsOf({ reply, mayBeModels, milliseconds, calls }: Run, deadline: number, document: CheckedDocument): string[] {
  const faults: string[] = [];
  const { answer, error, raw, status } = reply;
  if (milliseconds > deadline + GRACE_MILLISECONDS) faults.push(`it took ${Math.round(milliseconds)} ms`);
  if (calls > MOST_CALLS) faults.push(`it cost ${calls} calls`);
  faults.push(...findSecret(raw, CANARY_KEY).map((form) => `the key was answered, ${form}`));
  if (answer === undefined) {
    if (error === undefined) faults.push(`neither an answer nor a typed error, HTTP ${status}: ${raw.slice(0, 200)}`);
    return faults;
  }
  faults.push(...misquotesIn(answer, document));
  if (status !== 200) faults.push(`an answer with HTTP ${status}`);
  const isModels = answer.generator !== 'extractive';
  if (isModels && !mayBeModels) faults.push('it was shown as the model’s answer');
  if (isModels && answer.degraded !== undefined) faults.push('the model’s answer, yet degraded');
  if (!isModels && answer.degraded === undefined) faults.push('an extract that does not say why');
  if (answer.status === 'answered' && answer.citations.length === 0) faults.push('an answer without a citation');
  return faults;
}
