/** The one call Youju uses; the package ships no types. */
declare module 'fs-native-extensions' {
  /** Takes an exclusive advisory lock on the file; `false` when another process holds it. The kernel frees it when the process ends. */
  export function tryLock(fileDescriptor: number): boolean;
}
