import type { Bill } from '#db/bill.repository.ts';
import { type BillStanding, billStanding } from '#domain/bill.ts';
import { endOfDayMs } from '#domain/calendar/zone.ts';
import type { Profile } from '#domain/profile.ts';

/** What the bill is now: expiry is derived whenever a bill is read or paid. Source: billplz-api.md 3.1. */
export function standingOf(bill: Bill, profile: Profile, nowMs: number): BillStanding {
  return billStanding({
    state: bill.state,
    createdAtMs: bill.createdAtMs,
    dueEndMs: endOfDayMs(profile.timeZone, bill.dueOn),
    nowMs,
  });
}
