import { type CallToolResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { YoujuError } from '../../../ingest/youju-error.ts';
import type { McpDependencies } from './mcp-dependencies.ts';

type OnFailure = McpDependencies['onFailure'];

/** The text of what a client may know of an error: always what to do next, never what was thrown unforeseen. */
function failureText(error: unknown, onFailure: OnFailure): string {
  if (error instanceof YoujuError)
    switch (error.code) {
      case 'unknown-document':
        return 'There is no document of that id. Leave documentId out to use all documents, or take an id from resources/list.';
      case 'index-missing':
      case 'index-corrupt':
      case 'index-mismatch':
      case 'store-unavailable':
        return 'The index is not ready. Try again shortly.';
      default:
    }
  onFailure(error);
  return 'Something went wrong on our side. Try again later.';
}

export const toolError = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] });

/** Runs a tool: whatever it throws becomes a tool error, which an assistant can read and act on. */
export async function tellingFailure(onFailure: OnFailure, run: () => CallToolResult | Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await run();
  } catch (error) {
    return toolError(failureText(error, onFailure));
  }
}

/** The same for what is no tool: a protocol error. Those that are thrown as such are passed on. */
export function orProtocolError<Result>(onFailure: OnFailure, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError(ProtocolErrorCode.InternalError, failureText(error, onFailure));
  }
}
