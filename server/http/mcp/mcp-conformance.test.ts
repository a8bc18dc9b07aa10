import { expect, onTestFinished, test } from 'vitest';
import { runConformance } from '../../testing/clients/run-conformance.ts';
import { startTestServer } from '../../testing/test-server.ts';

const APPLICABLE = ['server-initialize', 'ping', 'tools-list', 'resources-list', 'dns-rebinding-protection'];

/** Why a scenario says nothing about a product: most are about the SDK and call tools made for the suite. */
const NOT_APPLICABLE: Record<string, string> = {
  'tools-call-simple-text': 'calls a tool test_simple_text',
  'tools-call-image': 'calls a tool test_image_content; we send text',
  'tools-call-audio': 'calls a tool test_audio_content; we send text',
  'tools-call-embedded-resource': 'calls a tool test_embedded_resource',
  'tools-call-mixed-content': 'calls a tool test_multiple_content_types',
  'tools-call-with-logging': 'calls a tool test_tool_with_logging; we log on our side',
  'tools-call-error': 'calls a tool test_error_handling; ours are tested in mcp-routes.test.ts',
  'tools-call-with-progress': 'calls a tool test_tool_with_progress',
  'tools-call-sampling': 'calls a tool test_sampling; we ask nothing of the client',
  'tools-call-elicitation': 'calls a tool test_elicitation; we ask nothing of the client',
  'elicitation-sep1034-defaults': 'calls a tool of its own; we ask nothing of the client',
  'elicitation-sep1330-enums': 'calls a tool of its own; we ask nothing of the client',
  'json-schema-2020-12': 'looks for a tool json_schema_2020_12_tool',
  'completion-complete': 'completes the argument of a prompt; we have no prompts',
  'prompts-list': 'we have no prompts',
  'prompts-get-simple': 'we have no prompts',
  'prompts-get-with-args': 'we have no prompts',
  'prompts-get-embedded-resource': 'we have no prompts',
  'prompts-get-with-image': 'we have no prompts',
  'resources-read-text': 'reads test://static-text; ours are tested in mcp-routes.test.ts',
  'resources-read-binary': 'reads test://static-binary; we hold text',
  'resources-templates-read': 'reads test://template/…; ours are tested in mcp-routes.test.ts',
  'resources-subscribe': 'we offer no subscriptions: documents change with a new index only',
  'resources-unsubscribe': 'we offer no subscriptions',
  'logging-set-level': 'we offer no logging to clients: it is deprecated since 2026-07-28',
  'server-sse-polling': 'needs a session; we are stateless',
  'server-sse-multiple-streams': 'needs a session; we are stateless',
};

test('every scenario of the official suite that applies to us passes, and each of the others has a reason', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  const counts = await runConformance(`${server.url}/mcp`);
  expect(counts.map(({ scenario }) => scenario).sort()).toEqual([...APPLICABLE, ...Object.keys(NOT_APPLICABLE)].sort());
  const applicable = counts.filter(({ scenario }) => APPLICABLE.includes(scenario));
  expect(applicable.filter(({ passed, failed }) => passed === 0 || failed > 0)).toEqual([]);
  expect(server.logs.join('')).not.toContain('"level":50');
}, 120_000);
