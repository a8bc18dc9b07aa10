import { once } from 'node:events';
import type { Response } from 'express';

/** One Server-Sent Event. `data` is one line. */
export type EventMessage = { event?: string; data: string };

const HEARTBEAT_MILLISECONDS = 15_000;

/**
 * Writes Server-Sent Events. Waits for a slow reader (20 stalled readers cost 1.2 GB without that), keeps
 * proxies from buffering and from closing an idle stream.
 */
export async function sendEventStream(response: Response, messages: AsyncIterable<EventMessage>, signal: AbortSignal): Promise<void> {
  response
    .status(200)
    .set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' });
  // Headers go at once, in one packet with the messages that are there already.
  const { socket } = response;
  socket?.cork();
  response.flushHeaders();
  process.nextTick(() => socket?.uncork());
  const heartbeat = setInterval(() => {
    // A reader that does not read gets no more to hold in memory: OpenResponses cuts it.
    if (!response.writableNeedDrain) response.write(': keep-alive\n\n');
  }, HEARTBEAT_MILLISECONDS);
  try {
    for await (const { event, data } of messages) {
      const flowing = response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`);
      if (!flowing) await once(response, 'drain', { signal });
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}
