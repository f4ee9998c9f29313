import {
  type Bill,
  type BillFilter,
  type ListedBill,
  listBills as list,
  loadBill,
} from '#db/bill.repository.ts';
import type { BillStanding } from '#domain/bill.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { standingOf } from './standing.ts';

export type { Bill };

export interface BillNow {
  readonly bill: Bill;
  readonly standing: BillStanding;
}

/** A bill as it stands now. Refuses `not_found`. */
export async function getBill(ctx: Ctx, id: string): Promise<BillNow> {
  const scope = requirePermission(ctx, 'bill:view');
  return ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, id, scope === 'all' ? {} : scope);
    return { bill, standing: standingOf(bill, ctx.profile, ctx.now()) };
  });
}

/** One page of bills, newest first; `beforeSeq` of the last one leads to the next page. */
export async function listBills(
  ctx: Ctx,
  filter: Omit<BillFilter, 'createdBy'>,
): Promise<(BillNow & { seq: number })[]> {
  const scope = requirePermission(ctx, 'bill:view');
  const bills: ListedBill[] = await ctx.inTransaction((tx) =>
    list(tx, ctx.profileId, { ...filter, ...(scope === 'all' ? {} : scope) }),
  );
  return bills.map(({ seq, ...bill }) => ({ bill, seq, standing: standingOf(bill, ctx.profile, ctx.now()) }));
}
