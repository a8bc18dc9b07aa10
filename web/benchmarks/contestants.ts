/** A widget under comparison, set up in the simplest way that its documentation shows. */
export type Contestant = {
  title: string;
  /** The first segment of its addresses on the comparison's site. */
  slug: string;
  /** Name and exact version on npm; Youju comes from the running product. */
  npm?: string;
  /** Its part of the page's body. */
  markup: string;
  /** A module that sets it up, where markup alone does not. Ours, so it is not counted. */
  setup?: string;
  /** The first control that a visitor sees: CSS selectors, each looked up in the shadow root of the one before. */
  launcher: string[];
  /** Whether the launcher opens a panel. deep-chat has none: it is the panel. */
  opens: boolean;
};

/** What the page costs by itself: a plain button instead of a widget. */
export const PLAIN_PAGE: Contestant = {
  title: 'the page alone',
  slug: 'page-alone',
  markup: '<button type="button" class="launcher">Ask</button>',
  launcher: ['.launcher'],
  opens: false,
};

export const YOUJU: Contestant = {
  title: 'Youju',
  slug: 'youju',
  markup: '<script src="/widget.js" data-document="china-kazakhstan-joint-statement-2019" data-language="auto" async></script>',
  launcher: ['youju-chat', '.launcher'],
  opens: true,
};

const FLOWISE: Contestant = {
  title: 'flowise-embed 3.1.6',
  slug: 'flowise-embed',
  npm: 'flowise-embed@3.1.6',
  markup: '',
  setup: `import Chatbot from './package/dist/web.js';
Chatbot.init({ chatflowid: 'comparison', apiHost: location.origin + '/flowise-embed/stub' });`,
  launcher: ['flowise-chatbot', 'button[part="button"]'],
  opens: true,
};

const N8N: Contestant = {
  title: '@n8n/chat 1.37.0',
  slug: 'n8n-chat',
  npm: '@n8n/chat@1.37.0',
  markup: '<link href="package/dist/style.css" rel="stylesheet">',
  setup: `import { createChat } from './package/dist/chat.bundle.es.js';
createChat({ webhookUrl: location.origin + '/n8n-chat/stub' });`,
  launcher: ['.chat-window-toggle'],
  opens: true,
};

const DEEP_CHAT: Contestant = {
  title: 'deep-chat 2.4.2',
  slug: 'deep-chat',
  npm: 'deep-chat@2.4.2',
  markup: `<script type="module" src="package/dist/deepChat.bundle.js"></script>
<deep-chat connect='{"url":"/deep-chat/stub"}'></deep-chat>`,
  launcher: ['deep-chat', '#text-input'],
  opens: false,
};

export const CONTESTANTS: readonly Contestant[] = [YOUJU, FLOWISE, N8N, DEEP_CHAT];
