/** The part of a `KeyboardEvent` that decides whether Enter sends. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'keyCode' | 'isComposing' | 'shiftKey' | 'altKey' | 'repeat' | 'timeStamp'>;

/** What `keyCode` says while an input method owns the key. Safari reports it where `isComposing` is already false. */
const INPUT_METHOD_KEY_CODE = 229;
/** No one commits a composition and then presses Enter on purpose within this time. */
const SAME_PRESS_MILLISECONDS = 50;

/**
 * True when the key belongs to an input method, e.g. the Enter that picks a candidate.
 * Some browsers end the composition before they report that Enter, so its time counts too. The key press may carry the
 * earlier timestamp of the two (it is the time of the hardware event), hence no lower bound on the difference.
 */
export function belongsToComposition(press: KeyPress, compositionEndedAt: number): boolean {
  if (press.isComposing || press.keyCode === INPUT_METHOD_KEY_CODE) return true;
  return press.timeStamp - compositionEndedAt < SAME_PRESS_MILLISECONDS;
}

/** `compositionEndedAt` is the time stamp of the last `compositionend`, `-Infinity` if there was none. */
export function sendsQuestion(press: KeyPress, compositionEndedAt: number): boolean {
  if (press.key !== 'Enter' || press.shiftKey || press.altKey || press.repeat) return false;
  return !belongsToComposition(press, compositionEndedAt);
}
