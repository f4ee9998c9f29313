import type { Bill } from '#db/bill.repository.ts';
import type { Payment } from '#db/payment.repository.ts';
import type { ShownBillState } from '#domain/bill.ts';
import { isoIn, stampIn } from '#domain/calendar/zone.ts';
import type { Profile } from '#domain/profile.ts';

/** `2015-3-9`: never padded, as in the seed's samples. Source: billplz-api.md 3.2. */
export function shownDueAt(dueOn: string): string {
  return dueOn.split('-').map(Number).join('-');
}

/** Upper case by the root locale (`ß` becomes `SS`). Source: billplz-api.md 3.2. */
export function shownName(name: string): string {
  return name.toUpperCase();
}

/** `2018-09-27 15:15:09 +0800` in the profile's zone, or null. */
export function shownPaidAt(bill: Bill, profile: Profile): string | null {
  return bill.paidAtMs === null ? null : stampIn(profile.timeZone, bill.paidAtMs);
}

/** `2017-02-23T12:49:23.612+08:00` in the profile's zone; null unless completed. Source: billplz-api.md 2.6. */
export function shownCompletedAt(payment: Payment, profile: Profile): string | null {
  return payment.status === 'completed' && payment.completedAtMs !== null
    ? isoIn(profile.timeZone, payment.completedAtMs)
    : null;
}

export function billUrl(publicUrl: string, billId: string): string {
  return `${publicUrl}/bills/${billId}`;
}

/** What a callback says of a bill, in the seed's order; null becomes an empty text. Source: billplz-api.md 4. */
export function callbackFields(
  bill: Bill,
  shown: ShownBillState,
  payment: Payment,
  at: { profile: Profile; publicUrl: string },
): [string, string][] {
  const fields: [string, string | null][] = [
    ['id', bill.id],
    ['collection_id', bill.collectionId],
    ['paid', String(shown.paid)],
    // A failed payment leaves an expired or deleted bill hidden, yet the seed's callback knows due and paid only.
    ['state', shown.paid ? 'paid' : 'due'],
    ['amount', String(bill.amountSen)],
    ['paid_amount', String(bill.paidAmountSen)],
    ['due_at', shownDueAt(bill.dueOn)],
    ['email', bill.email],
    ['mobile', bill.mobile],
    ['name', shownName(bill.name)],
    ['url', billUrl(at.publicUrl, bill.id)],
    ['paid_at', shownPaidAt(bill, at.profile)],
    ...extraFields(payment, at.profile),
  ];
  return fields.map(([name, value]) => [name, value ?? '']);
}

/** What the browser carries back; Basic mode knows the id alone. Source: billplz-api.md 4. */
export function redirectFields(
  bill: Bill,
  shown: ShownBillState,
  payment: Payment,
  profile: Profile,
): [string, string][] {
  if (!profile.xSignatureRedirect) return [['id', bill.id]];
  return [
    ['id', bill.id],
    ['paid', String(shown.paid)],
    ['paid_at', shownPaidAt(bill, profile) ?? ''],
    ...extraFields(payment, profile),
  ];
}

function extraFields(payment: Payment, profile: Profile): [string, string][] {
  if (!profile.extraPaymentCompletion) return [];
  return [
    ['transaction_id', payment.id],
    ['transaction_status', payment.status],
  ];
}
