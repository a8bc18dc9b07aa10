/**
 * By keyboard the widget's button comes after every paragraph of the text. This offers it at the top of the page as well, behind
 * the link that skips to the text; once the widget is there, so that it never leads nowhere.
 */
export function offerSkipToQuestions(words: string): void {
  const offer = () => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'skip';
    button.textContent = words;
    button.addEventListener('click', () => window.Youju?.open());
    document.querySelector('a.skip')?.after(button);
  };
  if (window.Youju) offer();
  else document.addEventListener('youju:ready', offer, { once: true });
}
