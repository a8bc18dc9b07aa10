import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { QuoteProblem } from '../../pages/page-texts.ts';
import { MAX_QUOTE_CODE_POINTS, type QuoteCheckRequest, quoteCheckRequestSchema } from '../../wire.ts';
import { Problem } from '../problem.ts';

/** 2,000 characters of four bytes are 24 kB percent-encoded; the rest is for telling a reader that the quotation is too long. */
const LARGEST_FORM = 64 * 1024;

const requireForm: RequestHandler = (request, _response, next) => {
  if (!request.is('application/x-www-form-urlencoded'))
    throw new Problem(415, 'unsupported-media-type', 'send the form with Content-Type: application/x-www-form-urlencoded');
  next();
};

/** What body-parser refuses in a form and not in JSON. */
const FORM_PROBLEMS: Record<string, Problem> = {
  'entity.too.large': new Problem(413, 'body-too-large', 'the form is larger than 64 kB: check the quotation in parts'),
  'parameters.too.many': new Problem(413, 'too-many-fields', 'the form has one field: quote'),
};

const nameFormProblem: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  const type = error instanceof Error && 'type' in error ? String(error.type) : '';
  next(FORM_PROBLEMS[type] ?? error);
};

/** Content type → size → fields, each before the next costs anything. */
export const formBody: (RequestHandler | ErrorRequestHandler)[] = [
  requireForm,
  express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 4 }),
  nameFormProblem,
];

/** The quotation of a posted form: ready to be checked, or what is wrong with it. */
export function readQuoteForm(body: unknown): { request: Pick<QuoteCheckRequest, 'quote'> } | { quote: string; problem: QuoteProblem } {
  const field = typeof body === 'object' && body !== null && 'quote' in body ? body.quote : '';
  if (typeof field !== 'string') return { quote: '', problem: 'malformed' };
  // Browsers send the line breaks of a text field as CRLF, whatever the reader pasted.
  const quote = field.replaceAll('\r\n', '\n');
  const parsed = quoteCheckRequestSchema.safeParse({ quote });
  if (parsed.success) return { request: parsed.data };
  if (quote.trim() === '') return { quote: '', problem: 'empty' };
  return { quote, problem: [...quote].length > MAX_QUOTE_CODE_POINTS ? 'too-long' : 'malformed' };
}
