/**
 * Puts text on the clipboard, for a click on `button`; false where the browser does not let us. The clipboard API exists in secure
 * contexts only, and an intranet may serve http: there the old command still works, on what is selected in a text field.
 */
export async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text, button);
  }
}

/** The field stands beside the button: outside an open dialog nothing can be selected. */
function copySelection(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.className = 'copy-source';
  field.readOnly = true;
  field.value = text;
  button.after(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  button.focus({ preventScroll: true });
  return isCopied;
}
