import { expect, test } from 'vitest';
import { RememberedClients } from './remember-clients.ts';

const MINUTE = 60_000;

test('counts the requests of each client', () => {
  const clients = new RememberedClients(MINUTE);
  for (let call = 1; call <= 3; call++) expect(clients.increment('a').totalHits).toBe(call);
  expect(clients.increment('b').totalHits).toBe(1);
  clients.decrement('a');
  expect(clients.increment('a').totalHits).toBe(3);
});

test('begins anew when the window is over', () => {
  const clients = new RememberedClients(0);
  expect([clients.increment('a'), clients.increment('a')].map(({ totalHits }) => totalHits)).toEqual([1, 1]);
});

test('remembers a bounded number of a million clients, and who goes on asking among them', () => {
  const clients = new RememberedClients(MINUTE);
  let hits = 0;
  for (let client = 0; client < 1_000_000; client++) {
    clients.increment(`client ${client}`);
    if (client % 10_000 === 0) hits = clients.increment('persistent').totalHits;
  }
  expect(clients.size).toBe(50_000);
  expect(hits).toBe(100);
});
