import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { ScriptedChatModel } from './testing/chat-model/scripted-chat-model.ts';
import { startAsk } from './testing/run-server.ts';
import { EXPO_CITY, EXPO_PARAGRAPH, EXPO_QUESTION, STATEMENT_ID, statementDataFolder } from './testing/statement.ts';
import { strictAnswer } from './testing/wire-schemas.ts';

const askOn = async (args: string[], environment: Record<string, string> = {}) =>
  startAsk(args, { DATA_DIR: await statementDataFolder(), ...environment }).ending;

describe('the ask command', () => {
  test('prints the answer, where each citation leads, and how it was made', async () => {
    const { code, stdout, stderr } = await askOn([EXPO_QUESTION]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(EXPO_CITY);
    expect(stdout).toMatch(new RegExp(`\\[1\\] 第二部分第（一）项 {2}http://\\S+/documents/${STATEMENT_ID}#${EXPO_PARAGRAPH}`, 'u'));
    expect(stdout).toMatch(/— extractive, index \d{14}-[0-9a-f]{8}/);
  });

  test('prints the whole answer as JSON, in the promised shape', async () => {
    const { stdout } = await askOn([EXPO_QUESTION, '--json', '--language', 'en', '--document', STATEMENT_ID], {
      PUBLIC_URL: 'https://policy.example/',
    });
    const answer = strictAnswer.parse(JSON.parse(stdout));
    expect(answer).toMatchObject({ status: 'answered', language: 'en' });
    expect(answer.citations[0]?.url).toMatch(/^https:\/\/policy\.example\/documents\//);
  });

  test('says that it declines, and exits with 0: declining is an answer', async () => {
    const { code, stdout } = await askOn(['今天天气怎么样？']);
    expect(code).toBe(0);
    expect(stdout).toContain('不作回答');
    expect(stdout).not.toMatch(/\[1\]/);
  });

  test('ingests first where there is no index', async () => {
    const { code, stdout, stderr } = await askOn([EXPO_QUESTION], { DATA_DIR: await temporaryFolder() });
    expect(code).toBe(0);
    expect(stdout).toContain(EXPO_CITY);
    expect(stderr).toContain('no index yet');
  });

  test('asks the chat model where one is named, and goes on without it where it fails', async () => {
    const model = await ScriptedChatModel.start();
    onTestFinished(() => model.close());
    const environment = { CHAT_MODEL: 'scripted-model', OPENAI_API_KEY: 'sk-canary-77', OPENAI_BASE_URL: model.baseUrl };
    expect((await askOn([EXPO_QUESTION], environment)).stdout).toContain('— scripted-model');
    model.play('refuses the key and repeats it');
    const { code, stdout, stderr } = await askOn([EXPO_QUESTION], environment);
    expect(code).toBe(0);
    expect(stdout).toContain(EXPO_CITY);
    expect(stderr).toContain('HTTP 401');
    expect(`${stdout}${stderr}`).not.toContain('sk-canary-77');
  });

  test('explains itself', async () => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout } = await askOn([flag]);
      expect(code).toBe(0);
      for (const word of ['Usage: ask', '<question>', '--language', '--document', '--json']) expect(stdout).toContain(word);
    }
  });
});

describe('the ask command exits with 1 and one line', () => {
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['without a question', [], {}, /missing required argument 'question'/],
    ['with a blank question', ['  '], {}, /question is empty/],
    ['with a question that is too long', ['水'.repeat(501)], {}, /longer than 500/],
    ['with a language that there is not', ['a', '--language', 'fr'], {}, /Allowed choices are zh-Hans/],
    ['with an option that there is not', ['a', '--loud'], {}, /unknown option/],
    ['for a document that there is not', ['a', '--document', 'no-such-document'], {}, /^unknown-document: /],
    ['with a bad environment', ['a'], { TRUST_PROXY_HOPS: 'x' }, /^bad-configuration: [\s\S]*TRUST_PROXY_HOPS/],
    ['on an index of another embedding model', ['a'], { EMBEDDING_MODEL: 'another' }, /^index-mismatch: /],
  ])('%s', async (_fault, args, environment, message) => {
    const { code, stdout, stderr } = await askOn(args, environment);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
