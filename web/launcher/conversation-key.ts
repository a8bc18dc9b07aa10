/** Where the tab's storage has the conversation with one server about one document. */
export type Subject = { server: string; documentId: string | undefined };

export const conversationKey = ({ server, documentId }: Subject): string => `youju:${server}:${documentId ?? ''}`;

/** Forgets a conversation whose panel has not been loaded. */
export function forgetConversation(subject: Subject): void {
  try {
    sessionStorage.removeItem(conversationKey(subject));
  } catch {
    // A page without storage has none to forget.
  }
}
