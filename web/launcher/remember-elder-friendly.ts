const KEY = 'youju:elder-friendly';

/** The visitor's own choice on this site. A page that has no storage (a sandboxed frame) simply does not remember. */
export function prefersElderFriendly(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function rememberElderFriendly(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(KEY, '');
    else localStorage.removeItem(KEY);
  } catch {
    // Not remembered; the mode itself is on all the same.
  }
}
