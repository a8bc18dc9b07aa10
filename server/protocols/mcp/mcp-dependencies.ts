import type { AnsweringDependencies } from '../../answering/answer-question.ts';
import type { AnswerStep } from '../../answering/answer-step.ts';
import type { AskRequest } from '../../wire.ts';

/** What the tools and resources of one MCP server work with. */
export type McpDependencies = {
  /** Read anew by every call, as the index may have switched. @throws YoujuError `index-missing` */
  answering: () => AnsweringDependencies;
  /** The events of an answer, until `signal` says that nobody waits for it any more. */
  ask: (request: AskRequest, signal: AbortSignal) => AsyncIterable<AnswerStep>;
  /** Told in full what went wrong unforeseen; the client hears only that something did. */
  onFailure: (error: unknown) => void;
};
