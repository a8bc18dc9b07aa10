import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerEvent } from '../../server/wire.ts';
import { answerEnergy, answerExtract, decline } from '../testing/scripted-answers.ts';
import { readAnswerBody, readAnswerEvent, readAnswerEvents, readCitation } from './answer-events.ts';

const ORIGIN = 'https://youju.example';

function toBytes(events: AnswerEvent[]): Uint8Array {
  const lines = events.map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n: heartbeat\n\n`);
  return new TextEncoder().encode(lines.join(''));
}

function streamOf(bytes: Uint8Array, cuts: number[]): ReadableStream<Uint8Array> {
  const bounds = [0, ...[...cuts].sort((one, other) => one - other), bytes.length];
  return new ReadableStream({
    start(controller) {
      for (const [index, bound] of bounds.entries()) controller.enqueue(bytes.slice(bound, bounds[index + 1]));
      controller.close();
    },
  });
}

async function collect(body: ReadableStream<Uint8Array>): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of readAnswerEvents(body)) events.push(event);
  return events;
}

describe('readAnswerEvents', () => {
  it('gives the same events wherever the chunks are cut, inside characters too', async () => {
    const events = [...answerEnergy(ORIGIN), ...answerExtract(ORIGIN), ...decline(ORIGIN)];
    const bytes = toBytes(events);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        expect(await collect(streamOf(bytes, places))).toEqual(events);
      }),
    );
  });

  it('passes over events it does not know or cannot read', async () => {
    const bytes = new TextEncoder().encode(
      'event: news\ndata: {}\n\nevent: citation\ndata: {"marker":\n\nevent: text-delta\ndata: {"text":"好"}\n\n',
    );
    expect(await collect(streamOf(bytes, []))).toEqual([{ event: 'text-delta', data: { text: '好' } }]);
  });

  it('closes the connection when its reader leaves early', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(toBytes(answerEnergy(ORIGIN))),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const event of readAnswerEvents(body)) if (event.event === 'citation') break;
    expect(cancelled).toBe(true);
  });
});

describe('reading one value', () => {
  const [first] = answerEnergy(ORIGIN);
  const citation = first?.data;

  it('refuses a citation with a missing field or an address that is no web address', () => {
    expect(readCitation(citation)).toEqual(citation);
    expect(readCitation({ ...citation, quote: undefined })).toBeUndefined();
    expect(readCitation({ ...citation, start: -1 })).toBeUndefined();
    expect(readCitation({ ...citation, url: 'javascript:alert(1)' })).toBeUndefined();
  });

  it('never throws, whatever arrives', () => {
    const names = fc.constantFrom('text-delta', 'citation', 'abstention', 'answer-end', 'answer-error', undefined);
    fc.assert(fc.property(names, fc.json(), (name, payload) => void readAnswerEvent(name, payload)));
  });

  it('keeps an answer whose reason is newer than this widget', () => {
    const declined = decline(ORIGIN).at(-1)?.data;
    expect(readAnswerBody({ ...declined, reason: 'something-new' })).toMatchObject({
      status: 'abstained',
      reason: 'no-evidence',
    });
    expect(readAnswerBody({ ...declined, language: 'tlh' })).toBeUndefined();
  });
});
