import { InvalidArgumentError } from 'commander';

/** The argument of a command that takes a whole number, 0 ≤ n < 10^10. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('give a whole number');
  return Number(text);
}
