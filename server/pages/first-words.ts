const SENTENCE_END = /[。！？.!?]/u;
const FULL_WIDTH_MARK = /[。！？；，：]/u;
const SPACED_MARK = /[.!?;,:]/u;

/** A mark of Latin or Cyrillic script ends a clause before a space only: not in “3.5” or “a.b”. */
const endsClause = (text: string, index: number) =>
  FULL_WIDTH_MARK.test(text.charAt(index)) || (SPACED_MARK.test(text.charAt(index)) && text.charAt(index + 1) === ' ');

/**
 * The first words of a text for a preview, at most `limit` UTF-16 units and an ellipsis, cut after a clause. Where the first clause
 * is longer than that, between words or, last, between characters.
 */
export function firstWords(text: string, limit: number): string {
  const flat = text
    .slice(0, 4 * limit)
    .replace(/\s+/gu, ' ')
    .trim();
  if (flat.length <= limit) return flat;
  for (let index = limit - 1; index > limit / 3; index--) {
    if (endsClause(flat, index)) return SENTENCE_END.test(flat.charAt(index)) ? flat.slice(0, index + 1) : `${flat.slice(0, index)}…`;
  }
  const space = flat.lastIndexOf(' ', limit);
  const whole = flat.slice(0, space > limit / 3 ? space : limit).replace(/[\uD800-\uDBFF]$/u, '');
  return `${whole}…`;
}
