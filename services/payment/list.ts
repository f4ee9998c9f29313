import { loadBill } from '#db/bill.repository.ts';
import { listPayments as list, type Payment } from '#db/payment.repository.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

export type { Payment };

/** One page of a bill's payments, newest first. Refuses `not_found`. */
export async function listPayments(
  ctx: Ctx,
  filter: { billId: string; status?: Payment['status']; limit: number; offset: number },
): Promise<Payment[]> {
  const scope = requirePermission(ctx, 'bill:view');
  return ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, filter.billId, scope === 'all' ? {} : scope);
    return list(tx, ctx.profileId, { ...filter, billId: bill.id });
  });
}
