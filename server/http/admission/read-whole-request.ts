import { guardedProtocol, type Protocol } from './guarded-paths.ts';

/** As much of a request as a refusal needs. `protocol` is undefined on a path that is always answered. */
export type WholeRequest = { protocol: Protocol | undefined; origin: string | undefined };

const HEAD_END = Buffer.from('\r\n\r\n');
/** The longest head that is looked at. */
const MOST_HEAD_BYTES = 8192;
const REQUEST_LINE = /^(?:GET|POST) (\/[^\s]*) HTTP\/1\.1\r\n/;
/** What makes the end of a request, or of its connection, another matter than Content-Length. A line that is not ended properly, too. */
const UNSURE =
  /\r\n(?:transfer-encoding|expect|upgrade|trailer)[ \t]*:|\r\nconnection[ \t]*:(?![ \t]*keep-alive(?:\r|$))|[^\r]\n|\r[^\n]|\n[ \t]/i;
const LENGTH = /\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*(?=\r|$)/i;
const ANY_LENGTH = /\r\ncontent-length/gi;
const ORIGIN = /\r\norigin:[ \t]*(https?:\/\/[\w.:[\]-]+)(?=\r|$)/i;

/**
 * Reads bytes that are exactly one request, from its first to its last byte; `undefined` where they are more, less, or in any way
 * unusual: those are for the real parser.
 */
export function readWholeRequest(bytes: Buffer): WholeRequest | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0 || end > MOST_HEAD_BYTES) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const path = REQUEST_LINE.exec(`${head}\r\n`)?.[1];
  if (path === undefined || UNSURE.test(head)) return undefined;
  const told = LENGTH.exec(head)?.[1];
  if ((head.match(ANY_LENGTH)?.length ?? 0) !== (told === undefined ? 0 : 1)) return undefined;
  if (end + HEAD_END.length + Number(told ?? 0) !== bytes.length) return undefined;
  return { protocol: guardedProtocol(path), origin: ORIGIN.exec(head)?.[1] };
}
