import OpenAI from 'openai';

/** The openai package pointed at a server. Its own retries would hide what the server answers. */
export const openAiClient = ({ url }: { url: string }): OpenAI => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });
