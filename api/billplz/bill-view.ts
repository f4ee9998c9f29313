import { shownState } from '#domain/bill.ts';
import { billUrl, shownDueAt, shownName, shownPaidAt } from '#services/bill/payment-fields.ts';
import type { BillNow } from '#services/bill/read.ts';
import type { Ctx } from '#services/context.ts';

/** A bill as the API shows it, keys in the seed's order; `paid_at` is ours. Source: billplz-api.md 2.4, "B". */
export function billView({ bill, standing }: BillNow, ctx: Ctx) {
  const { state, paid } = shownState(standing);
  return {
    id: bill.id,
    collection_id: bill.collectionId,
    paid,
    state,
    amount: bill.amountSen,
    paid_amount: bill.paidAmountSen,
    due_at: shownDueAt(bill.dueOn),
    email: bill.email,
    mobile: bill.mobile,
    name: shownName(bill.name),
    url: billUrl(ctx.publicUrl, bill.id),
    reference_1_label: bill.reference1Label,
    reference_1: bill.reference1,
    reference_2_label: bill.reference2Label,
    reference_2: bill.reference2,
    redirect_url: bill.redirectUrl,
    callback_url: bill.callbackUrl,
    description: bill.description,
    paid_at: shownPaidAt(bill, ctx.profile),
  };
}
