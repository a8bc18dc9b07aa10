/** LangChain's client. In a file of its own: a server's code compiled ahead cannot import what is outside of its bundle. */
export const loadEmbeddingsClient = () => import('@langchain/openai');
