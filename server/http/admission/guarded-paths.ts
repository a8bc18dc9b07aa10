/** In whose shape a refusal is told. */
export type Protocol = 'problem' | 'openai' | 'mcp';

/** What costs more than reading a file, by the beginning of its path: questions and all that is like one, and pages. */
const GUARDED: readonly [string, Protocol][] = [
  ['/api/', 'problem'],
  ['/v1/', 'openai'],
  ['/mcp', 'mcp'],
  ['/documents', 'problem'],
];

/**
 * The protocol of a path that takes its turn; `undefined` where the path is always answered: health, metrics, the widget and what it
 * loads. Decided on the bytes of the request line, before any routing: a path in another spelling only waits where it need not.
 */
export function guardedProtocol(url: string): Protocol | undefined {
  if (url === '/' || url.startsWith('/?')) return 'problem';
  const path = url.slice(0, 16).toLowerCase();
  return GUARDED.find(([prefix]) => path.startsWith(prefix))?.[1];
}
