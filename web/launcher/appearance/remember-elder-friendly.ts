const KEY = 'youju:elder-friendly';

/** The visitor's own choice on this site, if any. A page without storage (a sandboxed frame) does not remember. */
export function rememberedElderFriendly(): boolean | undefined {
  try {
    const choice = localStorage.getItem(KEY);
    return choice === null ? undefined : choice === 'on';
  } catch {
    return undefined;
  }
}

export function rememberElderFriendly(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off');
  } catch {
    // Not remembered; the mode itself is on all the same.
  }
}
