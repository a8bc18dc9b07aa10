import type { DocumentList, ListedDocument } from '../../conversation/listed-documents.ts';
import { createElement } from '../create-element.ts';
import type { PanelTexts } from '../texts/panel-texts.ts';

/** Typing pauses for so long before the documents are searched, in milliseconds. */
const PAUSE = 300;

export type ChooserEvents = { search: (words: string) => Promise<DocumentList>; onChoose: () => void };

/** “2019-10-28 Title”: sister statements have one title, so the date comes first. */
const nameOf = ({ title, date }: ListedDocument) => (date === undefined ? title : `${date} ${title}`);

/**
 * Which documents the next question is put to: closed it says so in a line, open it is a list of boxes to tick. Nothing ticked is all.
 * @param chosen what is ticked, by documentId; kept by the caller
 */
export function createDocumentChooser(
  texts: PanelTexts,
  list: DocumentList,
  chosen: Map<string, ListedDocument>,
  { search, onChoose }: ChooserEvents,
): HTMLDetailsElement {
  const summary = createElement('summary', { 'data-focus-key': 'chooser' });
  const boxes = createElement('div', { class: 'boxes' });
  const tellChosen = () => {
    const [only, another] = chosen.values();
    const named = only && !another ? nameOf(only) : texts.documentsChosen(String(chosen.size));
    summary.textContent = `${texts.askedDocuments}${only ? named : texts.allDocuments}`;
  };
  const all = createElement('button', { type: 'button', class: 'suggestion' }, texts.allDocuments);
  all.addEventListener('click', () => {
    chosen.clear();
    show(list.documents);
    tellChosen();
    onChoose();
  });

  function show(documents: readonly ListedDocument[]): void {
    const others = [...chosen.values()].filter(({ documentId }) => !documents.some((listed) => listed.documentId === documentId));
    boxes.replaceChildren(...[...others, ...documents].map(createBox));
  }

  function createBox(document: ListedDocument): HTMLLabelElement {
    const box = createElement('input', { type: 'checkbox', 'data-focus-key': `choose-${document.documentId}` });
    box.checked = chosen.has(document.documentId);
    box.addEventListener('change', () => {
      if (box.checked) chosen.set(document.documentId, document);
      else chosen.delete(document.documentId);
      tellChosen();
      onChoose();
    });
    return createElement('label', { lang: document.language }, box, createElement('span', {}, nameOf(document)));
  }

  tellChosen();
  show(list.documents);
  const isWhole = list.total <= list.documents.length;
  const chooser = createElement('details', { class: 'chooser' }, summary, ...(isWhole ? [] : [createSearch()]), boxes, all);
  return chooser;

  function createSearch(): HTMLInputElement {
    const words = createElement('input', {
      type: 'search',
      'aria-label': texts.findDocument,
      placeholder: texts.findDocument,
      maxlength: '200',
    });
    let pause = 0;
    let asked = 0;
    words.addEventListener('input', () => {
      clearTimeout(pause);
      pause = window.setTimeout(async () => {
        const asking = ++asked;
        const found = words.value.trim() === '' ? list : await search(words.value.trim());
        if (asking === asked) show(found.documents);
      }, PAUSE);
    });
    // Enter is for the question.
    words.addEventListener('keydown', (press) => press.key === 'Enter' && press.preventDefault());
    return words;
  }
}
