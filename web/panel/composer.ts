import { excessLength } from '../conversation/conversation.ts';
import { createElement, createIcon } from './create-element.ts';
import type { PanelTexts } from './panel-texts.ts';
import { belongsToComposition, sendsQuestion } from './send-key.ts';

/** The input at the foot of the panel. While an answer is on its way, Stop stands where Send was. */
export type Composer = {
  form: HTMLFormElement;
  input: HTMLTextAreaElement;
  setDraft: (draft: string) => void;
  setAnswering: (answering: boolean) => void;
};

type ComposerEvents = { onAsk: (question: string) => void; onStop: () => void };

function createControls(texts: PanelTexts) {
  const input = createElement('textarea', {
    part: 'input',
    'data-focus-key': 'input',
    'aria-label': texts.questionLabel,
    'aria-describedby': 'too-long',
    placeholder: texts.questionPlaceholder,
    rows: '1',
    enterkeyhint: 'send',
    autocomplete: 'off',
  });
  const send = createElement('button', { type: 'submit', class: 'send', part: 'send', 'aria-label': texts.send }, createIcon('send'));
  const stop = createElement('button', { type: 'button', class: 'send', 'aria-label': texts.stop }, createIcon('stop'));
  stop.hidden = true;
  const warning = createElement('p', { id: 'too-long', class: 'warning', role: 'status' });
  const form = createElement(
    'form',
    { class: 'composer', part: 'composer' },
    warning,
    createElement('div', { class: 'field' }, input, send, stop),
  );
  return { form, input, send, stop, warning };
}

export function createComposer(texts: PanelTexts, formatNumber: (value: number) => string, { onAsk, onStop }: ComposerEvents): Composer {
  const { form, input, send, stop, warning } = createControls(texts);
  let compositionEndedAt = -Infinity;

  input.addEventListener('compositionend', ({ timeStamp }) => {
    compositionEndedAt = timeStamp;
  });
  input.addEventListener('keydown', (press) => {
    // The panel must not see it either: an Escape that discards a candidate does not close the panel.
    if (belongsToComposition(press, compositionEndedAt)) press.stopPropagation();
    if (!sendsQuestion(press, compositionEndedAt)) return;
    press.preventDefault();
    form.requestSubmit();
  });
  const warn = () => {
    const excess = excessLength(input.value);
    warning.textContent = excess > 0 ? texts.tooLong(formatNumber(excess)) : '';
    input.setAttribute('aria-invalid', String(excess > 0));
  };
  input.addEventListener('input', warn);
  form.addEventListener('submit', (submission) => {
    submission.preventDefault();
    const question = input.value.trim();
    if (send.hidden || question === '' || excessLength(question) > 0) return;
    input.value = '';
    input.focus();
    onAsk(question);
  });
  stop.addEventListener('click', onStop);

  return {
    form,
    input,
    setDraft(draft) {
      input.value = draft;
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
