/** LangChain's client. In a file of its own: a server's code compiled ahead (`start.ts`) cannot import what is outside of its bundle. */
export const loadOpenAiClient = () => import('@langchain/openai');
