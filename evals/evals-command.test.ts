import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../ingest/package-root.ts';
import { startNode } from '../ingest/testing/run-program.ts';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { FeedbackLog, feedbackFile } from '../server/feedback/record-feedback.ts';
import { ask, postJson } from '../server/testing/clients/ask.ts';
import { EXPO_PARAGRAPH } from '../server/testing/statement.ts';
import { startTestServer } from '../server/testing/test-server.ts';

const startEvals = (args: string[]) => startNode([path.join(packageRoot, 'dist', 'evals', 'evals-command.js'), ...args]).ending;

describe('the evals command', () => {
  test('turns what visitors of a server rated into cases, and counts the rest', async () => {
    const dataFolder = await temporaryFolder();
    const server = await startTestServer({ feedback: new FeedbackLog(dataFolder) });
    onTestFinished(server.close);
    const rate = async (question: string, rating: 'up' | 'down') => {
      const { id } = await ask(server.url, { question });
      await postJson(`${server.url}/api/feedback`, { answerId: id, rating });
      return id;
    };
    // In words that no case of the evals has.
    const approved = await rate('请问第二届中国国际进口博览会究竟是在哪一座城市举办的呀？', 'up');
    await rate('请问今天首尔的天气到底怎么样呀？', 'up');
    await rate('请问两国在能源方面究竟有哪些合作呀？', 'down');
    await postJson(`${server.url}/api/feedback`, { answerId: 'forgotten', rating: 'down' });
    await appendFile(feedbackFile(dataFolder), '{"at":"2026-01-0');

    const { code, stdout, stderr } = await startEvals(['--from-feedback', feedbackFile(dataFolder)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      cases: {
        'zh-Hans': [
          {
            id: `feedback-${approved}`,
            half: 'tuning',
            expect: { status: 'answered', paragraphs: expect.arrayContaining([EXPO_PARAGRAPH]) },
          },
          { expect: { status: 'abstained' } },
        ],
      },
      toReview: [{ why: 'rated-down' }],
    });
    expect(stderr.trim().split('\n')).toEqual([
      '4 ratings',
      '2 cases',
      '1 questions to review',
      '0 questions that the evals ask already',
      '1 ratings of answers that the server had forgotten',
      '1 unreadable lines',
    ]);
  });

  test('says in one line that there is no such file', async () => {
    const { code, stdout, stderr } = await startEvals(['--from-feedback', 'no/such.jsonl']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^no-feedback: no\/such\.jsonl cannot be read: .*\n$/u);
  });

  test('explains what it makes of feedback', async () => {
    const { stdout } = await startEvals(['--help']);
    for (const word of ['--from-feedback [file]', 'cases', 'toReview', 'evals/cases/<language>.json']) expect(stdout).toContain(word);
  });
});
