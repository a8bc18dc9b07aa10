import { describe, expect, it } from 'vitest';
import type { Citation } from '../wire.ts';
import { listSources } from './list-sources.ts';
import { type ChatMessage, readConversation } from './read-conversation.ts';

const user = (text: string): ChatMessage => ({ role: 'user', text });
const assistant = (text: string): ChatMessage => ({ role: 'assistant', text });

describe('readConversation', () => {
  it('takes the last message of the user as the question, and what came before as history', () => {
    expect(readConversation([user('能源呢？'), assistant('……[1]'), user('那交通呢？')], { language: 'zh-Hant' })).toEqual({
      question: '那交通呢？',
      history: [
        { role: 'user', content: '能源呢？' },
        { role: 'assistant', content: '……[1]' },
      ],
      language: 'zh-Hant',
    });
  });

  it('asks the last question again where an answer to it is at the end already', () => {
    expect(readConversation([user('能源呢？'), assistant('不知道')], {})).toMatchObject({ question: '能源呢？', history: [] });
  });

  it('leaves the oldest turns out, and the end of long ones', () => {
    const turns = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? user(`q${index}`) : assistant('𠀀'.repeat(9_000))));
    const { history = [] } = readConversation([...turns, user('now')], {});
    expect(history).toHaveLength(20);
    expect(history[0]).toEqual({ role: 'user', content: 'q10' });
    expect(history[1]?.content).toBe('𠀀'.repeat(4_000));
  });

  it('reads earlier answers of its own without their list of sources', () => {
    const citation: Citation = {
      marker: 1,
      documentId: 'statement',
      paragraphId: 'part-1-p1',
      label: '第一部分第1段',
      quote: '甲',
      start: 0,
      end: 1,
      url: 'https://policy.example/documents/statement#part-1-p1:~:text=%E7%94%B2',
      similarity: 1,
    };
    const answer = `第一部分第1段写道：“甲”[1]${listSources([citation], () => '[一]', 'zh-Hans')}`;
    expect(answer).toContain('\n\n原文出处：\n\n- [1] [\\[一\\]](https://policy.example/documents/statement#part-1-p1:~:text=%E7%94%B2)');
    const { history = [] } = readConversation([user('甲？'), assistant(answer), user('乙？')], {});
    expect(history[1]?.content).toBe('第一部分第1段写道：“甲”[1]');
  });

  it('mends ill-formed text of earlier turns, and refuses it in the question', () => {
    expect(readConversation([user('\ud800?'), user('now')], {}).history).toEqual([{ role: 'user', content: '\ufffd?' }]);
    expect(() => readConversation([user('\ud800?')], {})).toThrow('lone surrogate');
  });

  it('refuses a conversation without a question, and a question that is too long', () => {
    for (const messages of [[], [assistant('hello')], [user(' \n')], [user('能源呢？'), user('')]])
      expect(() => readConversation(messages, {})).toThrow('no question');
    expect(() => readConversation([user('?'.repeat(501))], {})).toThrow('is longer than 500 characters');
  });
});
