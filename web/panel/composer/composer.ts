import { excessLength } from '../../conversation/exchange.ts';
import { createElement, createIcon } from '../create-element.ts';
import type { PanelTexts } from '../texts/panel-texts.ts';
import { belongsToComposition, sendsQuestion } from './send-key.ts';

/** The input at the foot of the panel. While an answer is on its way, Stop stands where Send was. */
export type Composer = {
  form: HTMLFormElement;
  input: HTMLTextAreaElement;
  /** Takes over what was typed into another, and where the caret stood. */
  continueDraft: (draft: HTMLTextAreaElement) => void;
  setAnswering: (answering: boolean) => void;
};

export type ComposerEvents = {
  onAsk: (question: string) => void;
  onStop: () => void;
  /** Told to a screen reader. */
  announce: (text: string) => void;
};

function createControls(texts: PanelTexts) {
  const input = createElement('textarea', {
    part: 'input',
    dir: 'auto',
    'data-focus-key': 'input',
    'aria-label': texts.questionLabel,
    'aria-describedby': 'too-long',
    placeholder: texts.questionPlaceholder,
    rows: '1',
    enterkeyhint: 'send',
    autocomplete: 'off',
  });
  const send = createElement('button', { type: 'button', class: 'send', part: 'send', 'aria-label': texts.send }, createIcon('send'));
  const stop = createElement('button', { type: 'button', class: 'send stop', 'aria-label': texts.stop }, createIcon('stop'));
  stop.hidden = true;
  const warning = createElement('p', { id: 'too-long', class: 'warning' });
  const field = createElement('div', { class: 'field' }, input, send, stop);
  const form = createElement('form', { class: 'composer', part: 'composer' }, warning, field);
  return { form, input, send, stop, warning };
}

/** Enter sends, unless it belongs to an input method. */
function sendOnEnter(input: HTMLTextAreaElement, onSend: () => void): void {
  let compositionEndedAt = -Infinity;
  input.addEventListener('compositionend', ({ timeStamp }) => {
    compositionEndedAt = timeStamp;
  });
  input.addEventListener('keydown', (press) => {
    // The panel must not see it either: an Escape that discards a candidate does not close the panel.
    if (belongsToComposition(press, compositionEndedAt)) press.stopPropagation();
    if (!sendsQuestion(press, compositionEndedAt)) return;
    press.preventDefault();
    onSend();
  });
}

export function createComposer(
  texts: PanelTexts,
  formatNumber: (value: number) => string,
  { onAsk, onStop, announce }: ComposerEvents,
): Composer {
  const { form, input, send, stop, warning } = createControls(texts);
  const warn = () => {
    const excess = excessLength(input.value);
    const wasTooLong = warning.textContent !== '';
    warning.textContent = excess > 0 ? texts.tooLong(formatNumber(excess)) : '';
    input.setAttribute('aria-invalid', String(excess > 0));
    // Once, not at every further key.
    if (excess > 0 && !wasTooLong) announce(warning.textContent);
  };
  const ask = () => {
    const question = input.value.trim();
    if (send.hidden || question === '') return;
    if (excessLength(question) > 0) return announce(warning.textContent);
    input.value = '';
    input.focus();
    onAsk(question);
  };
  sendOnEnter(input, ask);
  input.addEventListener('input', warn);
  // Not by submitting the form: a sandboxed frame may not.
  send.addEventListener('click', ask);
  form.addEventListener('submit', (submission) => submission.preventDefault());
  stop.addEventListener('click', onStop);

  return {
    form,
    input,
    continueDraft({ value, selectionStart, selectionEnd }) {
      input.value = value;
      input.setSelectionRange(selectionStart, selectionEnd);
      warn();
    },
    setAnswering(answering) {
      const focused = stop.matches(':focus') || send.matches(':focus');
      send.hidden = answering;
      stop.hidden = !answering;
      if (focused) input.focus();
    },
  };
}
