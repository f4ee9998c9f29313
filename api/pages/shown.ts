import type { Texts } from './texts.ts';

/** `21 November 2026` of `2026-11-21`. */
export function shownDate(day: string, texts: Texts): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${texts.months[Number(month) - 1] ?? month} ${year}`;
}

/** `27 September 2018, 15:15:09 (+0800)` of `2018-09-27 15:15:09 +0800`. */
export function shownStamp(stamp: string, texts: Texts): string {
  const [day = '', time = '', offset = ''] = stamp.split(' ');
  return day === '' ? '' : `${shownDate(day, texts)}, ${time} (${offset})`;
}
