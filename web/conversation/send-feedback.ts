import type { Rating } from './exchange.ts';

/** False where it did not arrive. */
export async function sendFeedback(
  server: string,
  feedback: { answerId: string; rating: Rating; comment: string | undefined },
): Promise<boolean> {
  try {
    const { ok } = await fetch(new URL('/api/feedback', server), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(feedback),
      credentials: 'omit',
      // A visitor who rates and leaves has rated.
      keepalive: true,
    });
    return ok;
  } catch {
    return false;
  }
}
