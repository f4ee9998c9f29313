import { loadBill } from '#db/bill.repository.ts';
import { type Callback, listCallbacks } from '#db/callback.repository.ts';
import { listPayments, type Payment } from '#db/payment.repository.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import type { BillNow } from './read.ts';
import { standingOf } from './standing.ts';

export interface BillDetails extends BillNow {
  /** Newest first, like the callbacks. */
  readonly payments: readonly Payment[];
  readonly callbacks: readonly Callback[];
}

const SHOWN_MAX = 100;

/** A bill with every try to pay it and every callback that it owes, read at one instant. Refuses `not_found`. */
export async function showBill(ctx: Ctx, id: string): Promise<BillDetails> {
  const scope = requirePermission(ctx, 'bill:view');
  return ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, id, scope === 'all' ? {} : scope);
    return {
      bill,
      standing: standingOf(bill, ctx.profile, ctx.now()),
      payments: await listPayments(tx, ctx.profileId, { billId: id, limit: SHOWN_MAX, offset: 0 }),
      callbacks: await listCallbacks(tx, ctx.profileId, {
        objectType: 'bill',
        objectId: id,
        limit: SHOWN_MAX,
      }),
    };
  });
}
