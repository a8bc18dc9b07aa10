/** LangChain's client. In a file of its own: code compiled ahead (`start.ts`) cannot import what is outside of the bundle. */
export const loadChatClient = () => import('langchain/chat_models/universal');
