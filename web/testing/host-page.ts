/** A tag that embeds the widget, with options as attributes. */
export const widgetScript = (attributes = ''): string => `<script src="/widget.js" ${attributes} async></script>`;

/** A page of somebody else's, with this in its body. */
export const hostPage = (body: string, { head = '', attributes = 'lang="en"' } = {}): string =>
  `<!doctype html><html ${attributes}><head><meta name="viewport" content="width=device-width"><title>Host</title>${head}</head><body><main><p>A page.</p></main>${body}</body></html>`;
