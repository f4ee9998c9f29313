import { InvalidArgumentError } from 'commander';

const INT4_MAX = 2 ** 31 - 1;

/** An id or a page number, as Postgres counts them. */
export function positive(text: string): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > INT4_MAX) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

/** Collects an option that may be given several times. */
export function positives(text: string, before: readonly number[] | undefined): number[] {
  return [...(before ?? []), positive(text)];
}

export function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('It must be on or off.');
  return text === 'on';
}
