import { ChatModel } from '../../answering/model/chat-model.ts';

/** What the breaking model throws. No client may read it. */
export const BREAKAGE = 'the writer broke';

/** A model with a fault of our own, not of its endpoint: it says one sentence and throws. */
export class BreakingModel extends ChatModel {
  constructor() {
    super({ model: 'breaking', timeoutMilliseconds: 1000 });
  }

  override async *lines({ user }: { user: string }): AsyncGenerator<string> {
    yield JSON.stringify({ text: '双方合作。', ids: [/^S\d+/mu.exec(user)?.[0]] });
    throw new Error(BREAKAGE);
  }
}
