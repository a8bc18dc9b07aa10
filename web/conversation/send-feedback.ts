import type { Rating } from './conversation.ts';

/** False where it did not arrive. */
export async function sendFeedback(
  server: string,
  feedback: { answerId: string; rating: Rating; comment: string | undefined },
): Promise<boolean> {
  const sent = fetch(new URL('/api/feedback', server), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(feedback),
    credentials: 'omit',
    // A visitor who rates and leaves has rated.
    keepalive: true,
  });
  return sent.then(
    ({ ok }) => ok,
    () => false,
  );
}
