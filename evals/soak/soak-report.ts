/** What a run showed, line by line, and every promise that was broken, in words. */
export class SoakReport {
  readonly violations: string[] = [];
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  figure(name: string, value: string): void {
    this.#print(`  ${name}: ${value}`);
  }

  /** Notes a broken promise unless it was kept. */
  promise(isKept: boolean, otherwise: string): void {
    if (isKept) return;
    this.violations.push(otherwise);
    this.#print(`  VIOLATION ${otherwise}`);
  }
}

export const round = (value: number): number => Math.round(value * 10) / 10;
