import { Agent, request } from 'node:http';

/** Milliseconds from sending a request to where its answer first has the mark, and to its end. */
export type StreamTimes = { first: number; total: number };

const agent = new Agent({ keepAlive: true });

/** Posts JSON, to a server by this name, and reads what is streamed back. */
export function timeStream(url: string, body: object, mark: string, host: string): Promise<StreamTimes> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const length = Buffer.byteLength(text);
    const headers = { Host: host, 'Content-Type': 'application/json', Accept: 'text/event-stream', 'Content-Length': length };
    const began = performance.now();
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let read = '';
      let first: number | undefined;
      response.setEncoding('utf8').on('data', (part: string) => {
        read = first === undefined ? read + part : '';
        if (first === undefined && read.includes(mark)) first = performance.now() - began;
      });
      response.on('end', () => {
        if (first === undefined || response.statusCode !== 200)
          reject(new Error(`${url} streamed no sentence (HTTP ${response.statusCode})`));
        else resolve({ first, total: performance.now() - began });
      });
    });
    sent.on('error', reject).end(text);
  });
}
