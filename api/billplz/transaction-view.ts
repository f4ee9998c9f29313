import type { Profile } from '#domain/profile.ts';
import { shownCompletedAt } from '#services/bill/payment-fields.ts';
import type { Payment } from '#services/payment/list.ts';

/** A payment as the API's transaction. Source: billplz-api.md 2.6. */
export function transactionView(payment: Payment, profile: Profile) {
  return {
    id: payment.id,
    status: payment.status,
    completed_at: shownCompletedAt(payment, profile),
    payment_channel: payment.channel,
  };
}
