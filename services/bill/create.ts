import { z } from 'zod';
import type { Bill } from '#db/bill.repository.ts';
import { loadCollectionStatus, setCollectionStatus } from '#db/collection.repository.ts';
import { sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import { codePointText } from '../code-point-text.ts';
import { requireCollecting } from '../collection/require-collecting.ts';
import type { Ctx } from '../context.ts';
import { oweBillReady } from '../mail/owe-bill-mails.ts';
import { creatorOf, requirePermission } from '../permission.ts';
import { writeNewBill } from './write-new.ts';

const text = codePointText;

export const CreateBillInput = z
  .strictObject({
    collectionId: text(64),
    email: text(255).nullable(),
    mobile: text(40).nullable(),
    name: text(255),
    amountSen: z.int().positive().max(99_999_999_999).transform(sen),
    callbackUrl: text(2048),
    description: text(200),
    /** `YYYY-MM-DD`; null means today in the profile's zone. */
    dueOn: z.iso.date().nullable(),
    redirectUrl: text(2048).nullable(),
    deliver: z.boolean(),
    reference1Label: text(20),
    reference1: text(120).nullable(),
    reference2Label: text(20),
    reference2: text(120).nullable(),
  })
  .refine((bill) => bill.email !== null || bill.mobile !== null);

/**
 * A promise to be paid. No workflow: a bill that nobody pays costs a row. Its collection becomes active.
 * Refuses `account_not_eligible`, `currency_not_supported`; `not_found` for a foreign or open collection.
 * Source: billplz-api.md 2.4.
 */
export async function createBill(ctx: Ctx, raw: z.input<typeof CreateBillInput>): Promise<Bill> {
  const scope = requirePermission(ctx, 'bill:create');
  const { collectionId, ...input } = CreateBillInput.parse(raw);
  requireCollecting(ctx);
  return ctx.inTransaction(async (tx) => {
    const collection = await loadCollectionStatus(
      tx,
      ctx.profileId,
      collectionId,
      scope === 'all' ? {} : scope,
    );
    if (collection.kind !== 'plain') refuse('not_found', { collectionId });
    if (collection.status === 'inactive')
      await setCollectionStatus(tx, ctx.profileId, collectionId, 'active');
    const bill = await writeNewBill(tx, ctx, { ...input, collectionId, createdBy: creatorOf(ctx.actor) });
    await recordAudit(tx, ctx, { action: 'bill.create', objectType: 'bill', objectId: bill.id, after: bill });
    await oweBillReady(tx, ctx, bill);
    return bill;
  });
}
