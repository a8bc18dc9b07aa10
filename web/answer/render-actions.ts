import type { AnswerBody } from '../../server/wire.ts';
import type { Exchange, Rating } from '../conversation/exchange.ts';
import { copyText } from '../copy-text.ts';
import { createElement, createIcon, type IconName } from '../panel/create-element.ts';
import type { AnswerContext } from './answer-context.ts';
import { answerLanguage } from './answer-language.ts';
import { answerAsText } from './copy-answer.ts';
import { findVoice, readAloud, stopReading } from './read-aloud.ts';
import { spokenAnswer } from './split-answer.ts';

/** The server's bound on a comment, in characters. */
const MAX_COMMENT_LENGTH = '1000';

function createAction(icon: IconName, name: string, key: string): HTMLButtonElement {
  const attributes = { class: 'action', type: 'button', 'aria-label': name, title: name, 'data-focus-key': key };
  return createElement('button', attributes, createIcon(icon));
}

function createCopy(exchange: Exchange, body: AnswerBody, { texts, announce }: AnswerContext): HTMLButtonElement {
  const copy = createElement('button', { class: 'action', type: 'button', 'data-focus-key': 'copy' }, createIcon('copy'), texts.copy);
  copy.addEventListener('click', async () => {
    const copied = await copyText(answerAsText(exchange, body, texts), copy);
    copy.classList.toggle('done', copied);
    if (copied) copy.firstElementChild?.replaceWith(createIcon('done'));
    announce(copied ? texts.copied : texts.copyFailed);
    copy.title = copied ? texts.copied : texts.copyFailed;
  });
  return copy;
}

function createReadAloud(exchange: Exchange, context: AnswerContext): HTMLButtonElement[] {
  const { texts, signal } = context;
  const language = answerLanguage(exchange, context);
  if (!findVoice(language)) return [];
  const read = createAction('speak', texts.readAloud, 'read');
  const isReading = () => read.getAttribute('aria-pressed') === 'true';
  const show = (reads: boolean) => {
    read.setAttribute('aria-pressed', String(reads));
    const name = reads ? texts.stopReading : texts.readAloud;
    read.setAttribute('aria-label', name);
    read.title = name;
  };
  show(false);
  read.addEventListener('click', () => {
    if (isReading()) return stopReading();
    const text = spokenAnswer(exchange);
    show(true);
    readAloud(text, language, () => show(false));
  });
  signal.addEventListener('abort', () => isReading() && stopReading(), { once: true });
  return [read];
}

/** What more a visitor who has rated may say. */
function createCommentForm(rating: Rating, context: AnswerContext): HTMLElement {
  const { texts, onRate, announce, keepFocus } = context;
  const input = createElement('textarea', {
    rows: '2',
    maxlength: MAX_COMMENT_LENGTH,
    dir: 'auto',
    'data-focus-key': 'comment',
    'aria-label': texts.commentLabel,
  });
  input.placeholder = texts.commentLabel;
  const send = createElement('button', { type: 'button', class: 'retry' }, texts.sendComment);
  const form = createElement('div', { class: 'comment' }, input, send);
  let isSending = false;
  send.addEventListener('click', async () => {
    const comment = input.value.trim();
    if (comment === '' || isSending) return;
    // Disabled, the button would let go of the focus.
    isSending = true;
    const arrived = await onRate(rating, comment);
    announce(arrived ? texts.thanks : texts.feedbackFailed);
    const note = createElement('p', { class: arrived ? 'note' : 'failure' }, arrived ? texts.thanks : texts.feedbackFailed);
    keepFocus(() => form.replaceChildren(note));
  });
  return form;
}

function createRating(exchange: Exchange, context: AnswerContext): { buttons: HTMLButtonElement[]; comment: HTMLElement } {
  const { texts, onRate, announce } = context;
  const comment = createElement('div', { class: 'feedback' });
  const buttons = { up: createAction('up', texts.helpful, 'up'), down: createAction('down', texts.unhelpful, 'down') };
  const show = (rating: Rating | undefined) => {
    buttons.up.setAttribute('aria-pressed', String(rating === 'up'));
    buttons.down.setAttribute('aria-pressed', String(rating === 'down'));
  };
  show(exchange.rating);
  for (const rating of ['up', 'down'] as const) {
    buttons[rating].addEventListener('click', async () => {
      const arrived = await onRate(rating);
      if (arrived) show(rating);
      announce(arrived ? texts.thanks : texts.feedbackFailed);
      const outcome = arrived ? createCommentForm(rating, context) : createElement('p', { class: 'failure' }, texts.feedbackFailed);
      comment.replaceChildren(outcome);
    });
  }
  return { buttons: [buttons.up, buttons.down], comment };
}

/** Copy, read aloud, thumbs. */
export function renderActions(exchange: Exchange, body: AnswerBody, context: AnswerContext): Node[] {
  const { buttons, comment } = createRating(exchange, context);
  const controls = [createCopy(exchange, body, context), ...createReadAloud(exchange, context), ...buttons];
  return [createElement('div', { class: 'actions' }, ...controls), comment];
}

export function renderFollowUps({ followUps = [] }: AnswerBody, { texts, onAsk }: AnswerContext): Node[] {
  if (followUps.length === 0) return [];
  const items = followUps.map((question, index) => {
    const button = createElement('button', { class: 'suggestion', type: 'button', 'data-focus-key': `follow-up-${index}` }, question);
    button.addEventListener('click', () => onAsk(question));
    return createElement('li', {}, button);
  });
  const list = createElement('ul', { class: 'suggestions', role: 'list' }, ...items);
  return [createElement('div', { class: 'follow-ups' }, createElement('h3', {}, texts.followUps), list)];
}
