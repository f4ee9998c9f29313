import { Temporal } from 'temporal-polyfill/implementation';

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, atMs: number): string {
  return zoned(timeZone, atMs).toPlainDate().toString();
}

/** Epoch ms at which the day `YYYY-MM-DD` is over in the zone: the first instant of the next day. */
export function endOfDayMs(timeZone: string, day: string): number {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}

/** `2018-09-27 15:15:09 +0800`. Source: billplz-api.md 3.2, `paid_at`. */
export function stampIn(timeZone: string, atMs: number): string {
  const t = zoned(timeZone, atMs);
  const time = t.toPlainTime().toString({ fractionalSecondDigits: 0, roundingMode: 'trunc' });
  return `${t.toPlainDate().toString()} ${time} ${t.offset.replace(':', '')}`;
}

/** `2017-02-23T12:49:23.612+08:00`. Source: billplz-api.md 2.6, `completed_at`. */
export function isoIn(timeZone: string, atMs: number): string {
  return zoned(timeZone, atMs).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
}

/** True for a zone this runtime knows, such as `Asia/Kuala_Lumpur`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    zoned(timeZone, 0);
    return true;
  } catch {
    return false;
  }
}

function zoned(timeZone: string, atMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
}
