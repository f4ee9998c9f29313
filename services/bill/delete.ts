import { z } from 'zod';
import { loadBill, saveBillState } from '#db/bill.repository.ts';
import { billStep } from '#domain/bill.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { standingOf } from './standing.ts';

const BillId = z.string().max(64);

/**
 * Closes the bill page at once; a payment already at the bank runs on and may revive the bill. Refuses `bill_paid`,
 * `not_found`; a bill that is hidden already stays as it is. Source: seed 004, "Only due bill can be deleted".
 */
export async function deleteBill(ctx: Ctx, rawId: string): Promise<void> {
  const scope = requirePermission(ctx, 'bill:delete');
  const id = BillId.parse(rawId);
  await ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, id, { lock: true, ...(scope === 'all' ? {} : scope) });
    const step = billStep(standingOf(bill, ctx.profile, ctx.now()), 'delete');
    if (step.kind === 'refused') refuse(step.code, { billId: id });
    if (step.kind !== 'moves') return;
    await saveBillState(tx, { ...bill, state: step.to });
    await recordAudit(tx, ctx, {
      action: 'bill.delete',
      objectType: 'bill',
      objectId: id,
      before: { state: bill.state },
      after: { state: step.to },
    });
  });
}
