import { InvalidArgumentError } from 'commander';

/** An id or a page number. */
export function positive(text: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value === 0) throw new InvalidArgumentError('It must be a whole number from 1.');
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
