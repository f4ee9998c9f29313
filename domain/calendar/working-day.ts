import { Temporal } from 'temporal-polyfill/implementation';

/** Days `YYYY-MM-DD` that are no working days though they are weekdays. Rows of a table, never constants. */
export type Holidays = ReadonlySet<string>;

/** Banking days and hours are those of Kuala Lumpur, whatever the profile's zone. */
const BANK_ZONE = 'Asia/Kuala_Lumpur';
const CUT_OFF = Temporal.PlainTime.from('17:00');
const OPENING = Temporal.PlainTime.from('09:00');
const FRIDAY = 5;
const VERIFICATION_DAYS = 3;
/** No calendar closes for longer: a search that goes on was given something else than holidays. */
const SEARCH_MAX_DAYS = 366;

/** Monday to Friday, less public holidays. Source: decisions.md, "Working days and payouts". */
export function isWorkingDay(day: string, holidays: Holidays): boolean {
  return isOpen(Temporal.PlainDate.from(day), holidays);
}

/**
 * The day from which working days are counted: that of the instant, or the next working day when it is 17:00 or later
 * or not a working day. Source: decisions.md, "Working days and payouts".
 */
export function countingDay(atMs: number, holidays: Holidays): string {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(BANK_ZONE);
  const inTime = Temporal.PlainTime.compare(local.toPlainTime(), CUT_OFF) < 0;
  const today = local.toPlainDate();
  return (inTime && isOpen(today, holidays) ? today : nextOpen(today, holidays)).toString();
}

/**
 * When (epoch ms) the verification of a bank account is due: 09:00 on the third working day after the counting day of
 * its registration. Source: seed 004, "after three working days"; decisions.md, "Working days and payouts".
 */
export function verificationDueMs(registeredAtMs: number, holidays: Holidays): number {
  let day = Temporal.PlainDate.from(countingDay(registeredAtMs, holidays));
  for (let counted = 0; counted < VERIFICATION_DAYS; counted += 1) day = nextOpen(day, holidays);
  return day.toZonedDateTime({ timeZone: BANK_ZONE, plainTime: OPENING }).epochMilliseconds;
}

/** The calendar day in Kuala Lumpur. */
export function bankDay(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(BANK_ZONE).toPlainDate().toString();
}

function isOpen(day: Temporal.PlainDate, holidays: Holidays): boolean {
  return day.dayOfWeek <= FRIDAY && !holidays.has(day.toString());
}

function nextOpen(after: Temporal.PlainDate, holidays: Holidays): Temporal.PlainDate {
  for (let days = 1; days <= SEARCH_MAX_DAYS; days += 1) {
    const day = after.add({ days });
    if (isOpen(day, holidays)) return day;
  }
  throw new RangeError(`no working day within ${SEARCH_MAX_DAYS} days after ${after.toString()}`);
}
