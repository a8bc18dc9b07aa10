/** What the log holds of an error. */
export type ErrorDescription = { type: string; code?: string; message?: string; frames?: string[]; cause?: ErrorDescription };

/** Our own errors, whose messages we wrote: they name files and settings, never a question. */
const OURS = new Set(['YoujuError', 'Problem', 'ModelFailure']);
const MOST_CAUSES = 3;
const MOST_FRAMES = 20;
const FRAME = /\n\s+at (.+)/gu;

/**
 * An error as the log may have it: what it is, where it was thrown and from what it came, without its other properties. A library's
 * error carries requests, headers and bodies; an SDK's message can repeat the key, and one of V8's the text that it stumbled over
 * (“Unexpected token … is not valid JSON”, “Cannot create property 'a' on string '…'”): these are left out.
 */
export function describeError(error: unknown, causes = MOST_CAUSES): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const { cause } = error;
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(isTold(error) && { message: error.message }),
    // What is foreseen has a code and says what to do: the place adds nothing but a kilobyte a line.
    ...(!OURS.has(error.name) && { frames: framesOf(error) }),
    ...(cause !== undefined && causes > 0 && { cause: describeError(cause, causes - 1) }),
  };
}

/** Messages of ours, of the system (ENOSPC and its file), and plain errors that no library threw. */
function isTold(error: Error): boolean {
  if (OURS.has(error.name) || 'syscall' in error) return true;
  return error.constructor === Error && !(framesOf(error)[0] ?? '').includes('node_modules');
}

/** The frames alone: a stack begins with the message. */
function framesOf({ stack = '', message }: Error): string[] {
  const from = stack.indexOf(message);
  if (from < 0) return [];
  return Array.from(stack.slice(from + message.length).matchAll(FRAME), ([, frame = '']) => frame).slice(0, MOST_FRAMES);
}
