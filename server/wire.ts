/**
 * What travels between Youju and its clients: the request and response bodies of the HTTP API. One schema a body: it validates
 * requests, gives the type, and is what `GET /openapi.json` shows; its descriptions are the documentation. Responses are not parsed on
 * their way out; tests check them. `web/` imports the types only, so zod never reaches the browser.
 */
export * from './wire/annotations.ts';
export * from './wire/answers.ts';
export * from './wire/bounded-text.ts';
export * from './wire/documents.ts';
export * from './wire/feedback.ts';
export * from './wire/health.ts';
export * from './wire/places.ts';
export * from './wire/problem.ts';
export * from './wire/questions.ts';
export * from './wire/quote-check.ts';
