import type { MailTexts } from './texts.ts';

/** `YYYY-MM-DD` as `9 March 2015`. */
export function shownDate(day: string, { months }: MailTexts): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return `${date} ${months[month - 1]} ${year}`;
}

/** `2018-09-27 15:15:09 +0800` as `27 September 2018, 15:15:09 (UTC+08:00)`. */
export function shownStamp(stamp: string, texts: MailTexts): string {
  const [day = '', time = '', offset = ''] = stamp.split(' ');
  return `${shownDate(day, texts)}, ${time} (UTC${offset.slice(0, 3)}:${offset.slice(3)})`;
}
