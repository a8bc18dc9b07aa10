import type { ToolAnnotations } from '@modelcontextprotocol/server';

/** All our tools: they change nothing, may be called again, and reach nothing but the documents held here. */
export const READ_ONLY: ToolAnnotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
