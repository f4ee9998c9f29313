import { z } from 'zod';
import { loadReceiptDelivery, saveReceiptDelivery } from '#db/receipt-delivery.repository.ts';
import { RECEIPT_DELIVERIES, type ReceiptDelivery } from '#domain/receipt-delivery.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

const Input = z.strictObject({ id: z.string().max(64), delivery: z.enum(RECEIPT_DELIVERIES) });

/**
 * Whether payers of a collection of either kind are mailed a receipt. Saying it again changes nothing. Refuses
 * `not_found`. Source: billplz-api.md 2.13.
 */
export async function setReceiptDelivery(ctx: Ctx, raw: z.input<typeof Input>): Promise<void> {
  const scope = requirePermission(ctx, 'collection:change');
  const { id, delivery } = Input.parse(raw);
  await ctx.inTransaction(async (tx) => {
    const options = { lock: true, ...(scope === 'all' ? {} : scope) };
    const before = await loadReceiptDelivery(tx, ctx.profileId, id, options);
    if (before === delivery) return;
    await saveReceiptDelivery(tx, ctx.profileId, id, delivery);
    await recordAudit(tx, ctx, {
      action: 'collection.receipt_delivery',
      objectType: 'collection',
      objectId: id,
      before: { delivery: before },
      after: { delivery },
    });
  });
}

/** Refuses `not_found`. Source: billplz-api.md 2.13. */
export async function getReceiptDelivery(ctx: Ctx, id: string): Promise<ReceiptDelivery> {
  const scope = requirePermission(ctx, 'collection:view');
  return ctx.inTransaction((tx) => loadReceiptDelivery(tx, ctx.profileId, id, scope === 'all' ? {} : scope));
}
