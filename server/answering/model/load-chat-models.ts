/** LangChain's models. In a file of its own: a server's code compiled ahead (`start.ts`) cannot import what is outside of its bundle. */
export async function loadChatModels() {
  const [{ initChatModel }, { HumanMessage, SystemMessage }] = await Promise.all([
    import('langchain/chat_models/universal'),
    import('@langchain/core/messages'),
  ]);
  return { initChatModel, HumanMessage, SystemMessage };
}
