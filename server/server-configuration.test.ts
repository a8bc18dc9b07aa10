import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEnvironment } from '../ingest/ingest-configuration.ts';
import { packageRoot } from '../ingest/package-root.ts';
import { chatConfiguration, serverEnvironment } from './server-configuration.ts';

const parse = (environment: Record<string, string>) => parseEnvironment(serverEnvironment, environment);

const DEFAULTS = {
  PORT: 3000,
  HOST: '127.0.0.1',
  DATA_DIR: path.join(packageRoot, 'data'),
  DATABASE_CONNECTIONS: 10,
  ALLOWED_ORIGINS: [],
  API_TOKENS: [],
  TRUST_PROXY_HOPS: 0,
  RATE_LIMIT_PER_MINUTE: 120,
  MAX_IN_FLIGHT: 64,
  CHAT_TIMEOUT_SECONDS: 20,
  LOG_QUESTIONS: false,
  CHAT_CALLS_PER_DAY: 5000,
  LOG_LEVEL: 'info',
};

const VARIABLES = [
  ...Object.keys(DEFAULTS),
  'PUBLIC_URL',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'CHAT_MODEL',
  'EMBEDDING_MODEL',
  'DATABASE_URL',
];

describe('the environment', () => {
  test('may be empty', () => {
    expect(parse({})).toEqual(DEFAULTS);
  });

  test('may have every variable set to nothing: that is unset', () => {
    for (const nothing of ['', '  ']) expect(parse(Object.fromEntries(VARIABLES.map((name) => [name, nothing])))).toEqual(DEFAULTS);
  });

  test('is read in full', () => {
    expect(
      parse({
        PORT: '0',
        HOST: '0.0.0.0',
        DATA_DIR: '/srv/youju',
        DATABASE_URL: 'postgresql://youju:password@database.example/youju',
        DATABASE_CONNECTIONS: '4',
        PUBLIC_URL: 'https://policy.example/youju/',
        ALLOWED_ORIGINS: ' https://a.example/ ,http://b.example:8080,, ',
        API_TOKENS: ' first-token,s3cr=t~ ',
        TRUST_PROXY_HOPS: '2',
        RATE_LIMIT_PER_MINUTE: '0',
        MAX_IN_FLIGHT: '8',
        CHAT_MODEL: 'some-model',
        CHAT_TIMEOUT_SECONDS: '1.5',
        CHAT_CALLS_PER_DAY: '0',
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
        EMBEDDING_MODEL: 'embedder',
        LOG_QUESTIONS: 'true',
        LOG_LEVEL: 'silent',
      }),
    ).toEqual({
      PORT: 0,
      HOST: '0.0.0.0',
      DATA_DIR: '/srv/youju',
      DATABASE_URL: 'postgresql://youju:password@database.example/youju',
      DATABASE_CONNECTIONS: 4,
      PUBLIC_URL: 'https://policy.example/youju',
      ALLOWED_ORIGINS: ['https://a.example', 'http://b.example:8080'],
      API_TOKENS: ['first-token', 's3cr=t~'],
      TRUST_PROXY_HOPS: 2,
      RATE_LIMIT_PER_MINUTE: 0,
      MAX_IN_FLIGHT: 8,
      CHAT_MODEL: 'some-model',
      CHAT_TIMEOUT_SECONDS: 1.5,
      CHAT_CALLS_PER_DAY: 0,
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
      EMBEDDING_MODEL: 'embedder',
      LOG_QUESTIONS: true,
      LOG_LEVEL: 'silent',
    });
  });

  test('may allow every origin', () => {
    expect(parse({ ALLOWED_ORIGINS: '*' }).ALLOWED_ORIGINS).toEqual(['*']);
  });

  test.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'policy.example'],
    ['PUBLIC_URL', 'ftp://policy.example'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['ALLOWED_ORIGINS', 'a.example'],
    ['ALLOWED_ORIGINS', 'https://a.example,nonsense'],
    ['TRUST_PROXY_HOPS', 'true'],
    ['TRUST_PROXY_HOPS', '-1'],
    ['RATE_LIMIT_PER_MINUTE', 'none'],
    ['RATE_LIMIT_PER_MINUTE', '1.5'],
    ['MAX_IN_FLIGHT', '0'],
    ['CHAT_TIMEOUT_SECONDS', '0'],
    ['CHAT_TIMEOUT_SECONDS', 'soon'],
    ['OPENAI_BASE_URL', 'localhost:11434'],
    ['LOG_QUESTIONS', 'yes'],
    ['LOG_LEVEL', 'loud'],
  ])('with a bad %s (“%s”) is refused, and the variable is named', (name, value) => {
    expect(() => parse({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'bad-configuration', message: expect.stringContaining(name) }),
    );
  });

  test('with several bad values is refused naming them all, and repeats no key', () => {
    const refusal = () => parse({ PORT: 'x', LOG_LEVEL: 'y', OPENAI_BASE_URL: 'z', OPENAI_API_KEY: 'sk-canary' });
    for (const name of ['PORT', 'LOG_LEVEL', 'OPENAI_BASE_URL']) expect(refusal).toThrow(name);
    expect(refusal).not.toThrow('sk-canary');
  });
});

describe('chatConfiguration', () => {
  test('is absent without CHAT_MODEL, whatever else is set', () => {
    expect(chatConfiguration(parse({ OPENAI_API_KEY: 'key', OPENAI_BASE_URL: 'https://api.example/v1' }))).toBeUndefined();
  });

  test('needs no key: a local endpoint has none', () => {
    expect(chatConfiguration(parse({ CHAT_MODEL: 'local', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', CHAT_TIMEOUT_SECONDS: '2' }))).toEqual({
      model: 'local',
      apiKey: undefined,
      baseUrl: 'http://127.0.0.1:1/v1',
      timeoutMilliseconds: 2000,
    });
  });
});

describe('API_TOKENS', () => {
  test.each([' , ', ',', 'two words', 'ключ', 'a\tb', 'fine,not fine'])(
    '%j, which could let nobody in or everyone, is refused',
    (tokens) => {
      expect(() => parse({ API_TOKENS: tokens })).toThrow(/API_TOKENS/u);
    },
  );
});
