import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configureEmbedding, dataEnvironment, parseEnvironment } from './ingest-configuration.ts';
import { packageRoot } from './package-root.ts';

const parse = (environment: NodeJS.ProcessEnv) => parseEnvironment(dataEnvironment, environment);

describe('the environment', () => {
  it('needs nothing: data in ./data, the embedded model', () => {
    const environment = parse({});
    expect(environment).toMatchObject({ DATA_DIR: path.join(packageRoot, 'data') });
    expect(configureEmbedding(environment).isLocal).toBe(true);
  });

  it('takes a variable set to nothing for unset', () => {
    expect(parse({ DATA_DIR: ' ', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', EMBEDDING_MODEL: '' })).toEqual(parse({}));
  });

  it('names an embeddings endpoint and a data folder', () => {
    const environment = parse({ DATA_DIR: 'elsewhere', EMBEDDING_MODEL: ' bge-m3 ', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' });
    expect(environment.DATA_DIR).toBe(path.resolve('elsewhere'));
    expect(configureEmbedding(environment)).toMatchObject({ name: 'bge-m3', isLocal: false });
  });

  it.each(['ftp://host/v1', 'not a url', 'file:///etc/passwd'])('is refused with OPENAI_BASE_URL=%s, naming the variable', (url) => {
    expect(() => parse({ OPENAI_BASE_URL: url })).toThrow(
      expect.objectContaining({ code: 'bad-configuration', message: expect.stringContaining('OPENAI_BASE_URL') }),
    );
  });

  it.each(['mysql://youju:secret@host/youju', 'host/youju secret', 'http://youju:secret@host'])(
    'is refused with DATABASE_URL=%s, naming the variable and not what is in it',
    (url) => {
      const refusal = { code: 'bad-configuration', message: expect.stringContaining('DATABASE_URL') };
      expect(() => parse({ DATABASE_URL: url })).toThrow(expect.objectContaining(refusal));
      expect(() => parse({ DATABASE_URL: url })).not.toThrow(/secret/u);
    },
  );

  it.each(['0', 'many', '1.5'])('is refused with DATABASE_CONNECTIONS=%s', (connections) => {
    expect(() => parse({ DATABASE_CONNECTIONS: connections })).toThrow(expect.objectContaining({ code: 'bad-configuration' }));
  });
});
