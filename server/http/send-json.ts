import type { Response } from 'express';

/**
 * Sends a body that no client keeps, as an answer to a POST is: without Express's ETag, which is a hash over all of it, and in one piece
 * with the headers.
 */
export function sendJson(response: Response, body: object): void {
  const text = JSON.stringify(body);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
