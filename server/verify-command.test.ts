import { describe, expect, test } from 'vitest';
import { startVerify } from './testing/run-server.ts';
import { STATEMENT_ID, statementDataFolder } from './testing/statement.ts';
import { strictQuoteCheck } from './testing/wire-schemas.ts';

const SIGNED = '本声明于2019年9月11日在北京签署';

async function verifyWith(args: string[], { stdin = '', environment = {} }: { stdin?: string; environment?: Record<string, string> } = {}) {
  const { child, ending } = startVerify(args, { DATA_DIR: await statementDataFolder(), ...environment });
  child.stdin?.end(stdin);
  return ending;
}

describe('the verify command', () => {
  test('finds a quotation word for word, says where, and exits with 0', async () => {
    const { code, stdout, stderr } = await verifyWith([SIGNED]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^verbatim: word for word\n\n结尾第1段 {2}http:\/\/\S+#closing-p1:~:text=\S+\n$/);
  });

  test('shows each difference of an altered one, and exits with 1', async () => {
    const { code, stdout, stderr } = await verifyWith([SIGNED.replace('2019', '2018').replace('声', '聲'), '--language', 'en']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^altered: the document has it with differences\n\nClosing, paragraph 1 {2}http/);
    expect(stdout).toContain(`quoted:   本聲明于2018年9月11日在北京签署\ndocument: ${SIGNED}\n`);
    expect(stdout).toContain('  script: 聲 → 声\n  number: 2018 → 2019\n');
  });

  test('tells a quotation that leaves out the “not” before it', async () => {
    const { code, stdout } = await verifyWith(['允许第三国、任何组织、团体或人员']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/caution: right before it stands “不”/);
  });

  test('offers what is nearest to one that is absent, and exits with 1', async () => {
    const { code, stdout } = await verifyWith(['能源领域合作的石油价格由双方另行商定']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^absent: no document has it\n\nnearest:\n≈ .+ {2}http/);
  });

  test('prints the whole result as JSON, in the promised shape', async () => {
    const { stdout } = await verifyWith([SIGNED, '--json', '--document', STATEMENT_ID], {
      environment: { PUBLIC_URL: 'https://policy.example/' },
    });
    const result = strictQuoteCheck.parse(JSON.parse(stdout));
    expect(result.matches[0]?.url).toMatch(/^https:\/\/policy\.example\/documents\//);
  });

  test('reads the quotation from standard input', async () => {
    const { code, stdout } = await verifyWith(['-'], { stdin: `“${SIGNED}”\n` });
    expect(code).toBe(0);
    expect(stdout).toContain('结尾第1段');
  });

  test('explains itself, exit codes included', async () => {
    const { code, stdout } = await verifyWith(['--help']);
    expect(code).toBe(0);
    for (const word of ['Usage: verify', '<quotation>', '--language', '--document', '--json', 'Exit code: 0 verbatim; 1 altered'])
      expect(stdout).toContain(word);
  });
});

describe('the verify command exits with 2 and one line where it checked nothing', () => {
  test.each<[string, string[], RegExp]>([
    ['without a quotation', [], /missing required argument 'quotation'/],
    ['with a blank quotation', ['  '], /quote is empty/],
    ['with nothing on standard input', ['-'], /quote is empty/],
    ['with a quotation that is too long', ['中'.repeat(2001)], /longer than 2000/],
    ['for a document that there is not', [SIGNED, '--document', 'no-such-document'], /^unknown-document: /],
    ['with a language that there is not', [SIGNED, '--language', 'fr'], /Allowed choices are zh-Hans/],
  ])('%s', async (_fault, args, message) => {
    const { code, stdout, stderr } = await verifyWith(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
