import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatRequestSchema, continuedMessageId, readChatRequest } from './read-chat-request.ts';

const read = (body: unknown) => readChatRequest(chatRequestSchema.parse(body));
const text = (words: string) => ({ type: 'text', text: words, state: 'done' });
const message = (role: string, ...parts: unknown[]) => ({ id: role, role, metadata: { sentAt: 1 }, parts });

describe('readChatRequest', () => {
  it('reads the text of the user and of the assistant, and nothing else of either', () => {
    const answer = message(
      'assistant',
      { type: 'step-start' },
      { type: 'reasoning', text: '用户问的是能源。' },
      text('深化油气合作。[1]'),
      { type: 'data-citation', id: 'citation-1', data: { text: '不是原文' } },
      { type: 'source-url', sourceId: 'citation-1', url: 'https://policy.example/', title: '声明' },
      { type: 'tool-search', toolCallId: 'call', state: 'output-available', input: {}, output: { text: '工具' } },
    );
    const question = message('user', { type: 'file', mediaType: 'text/plain', url: 'data:,x' }, text('那交通呢？'));
    const messages = [message('system', text('只答能源')), message('user', text('能源呢？')), answer, question];
    expect(read({ id: 'chat', trigger: 'submit-message', messageId: 'm', messages, language: 'en', documentId: 'statement' })).toEqual({
      question: '那交通呢？',
      history: [
        { role: 'user', content: '能源呢？' },
        { role: 'assistant', content: '深化油气合作。[1]' },
      ],
      language: 'en',
      documentId: 'statement',
    });
  });

  it('puts a question in several parts together, one a line', () => {
    expect(read({ messages: [message('user', text('能源呢？'), text('交通呢？'))] }).question).toBe('能源呢？\n交通呢？');
  });

  it('passes over parts of any other shape', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), fc.record({ type: fc.string(), text: fc.anything() })), { maxLength: 8 }), (garbage) => {
        const parts = garbage.filter((part) => typeof part !== 'object' || part === null || !('type' in part) || part.type !== 'text');
        const { question, history } = read({ messages: [message('user', ...parts, text('能源呢？'), ...parts)] });
        expect({ question, history }).toEqual({ question: '能源呢？', history: [] });
      }),
    );
    for (const words of [5, null, undefined, ['能源呢？'], { toString: '能源呢？' }])
      expect(() => read({ messages: [message('user', { type: 'text', text: words })] })).toThrow('the conversation has no question');
  });

  it.each([
    [{}],
    [{ messages: 'hello' }],
    [{ messages: [{ role: 'user' }] }],
    [{ messages: [{ role: 'user', content: 'hello' }] }],
    [{ messages: [{ role: 'tool', parts: [] }] }],
    [{ messages: [{ role: 'user', parts: {} }] }],
    [{ messages: [message('user', text('?'))], language: 'zh-CN' }],
    [{ messages: [message('user', text('?'))], documentId: '../statement' }],
    [{ messages: Array.from({ length: 1001 }, () => message('user', text('?'))) }],
    [{ messages: [message('user', ...Array.from({ length: 1001 }, () => text('?')))] }],
    [{ messages: [{ ...message('user', text('?')), id: 'x'.repeat(201) }] }],
  ])('refuses what is no request: %.60j', (body) => {
    expect(() => chatRequestSchema.parse(body)).toThrow();
  });

  it('tells little of a body full of faults', () => {
    const messages = Array.from({ length: 120 }, () => ({ role: 'user', parts: Array.from({ length: 1000 }, () => 0) }));
    expect(chatRequestSchema.safeParse({ messages }).success).toBe(true);
    expect(chatRequestSchema.safeParse({ messages: messages.map(() => 0) }).error?.issues).toHaveLength(messages.length);
  });
});

describe('continuedMessageId', () => {
  it('is that of an answer at the end of the conversation', () => {
    const id = (...messages: unknown[]) => continuedMessageId(chatRequestSchema.parse({ messages }));
    expect(id(message('user', text('?')), message('assistant', text('…')))).toBe('assistant');
    expect(id(message('assistant', text('…')), message('user', text('?')))).toBeUndefined();
    expect(id({ role: 'assistant', parts: [] })).toBeUndefined();
  });
});
