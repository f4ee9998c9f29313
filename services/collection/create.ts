import { z } from 'zod';
import type { Tx } from '#db/database.ts';
import { type Collection, findRecipients, insertCollection, type SplitRecipient } from '#db/collection.repository.ts';
import { sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import { codePointText } from '../code-point-text.ts';
import type { Ctx } from '../context.ts';
import { creatorOf, requirePermission } from '../permission.ts';
import { randomId, withFreshId } from '../random-id.ts';
import { requireCollecting } from './require-collecting.ts';

const Split = z
  .strictObject({
    email: z.string().min(1).max(255),
    fixedCut: z.int().positive().transform(sen).nullable(),
    variableCut: z.int().min(1).max(100).nullable(),
  })
  .refine((split) => split.fixedCut !== null || split.variableCut !== null);

export const CreateCollectionInput = z.strictObject({
  title: codePointText(255),
  splitHeader: z.boolean().default(false),
  /** In stack order, two at most; the percentages together at most 100. */
  splits: z
    .array(Split)
    .max(2)
    .refine((splits) => splits.reduce((sum, split) => sum + (split.variableCut ?? 0), 0) <= 100)
    .default([]),
});

/**
 * A set of bills. Refuses `account_not_eligible`, `currency_not_supported` and `split_recipient_not_eligible`
 * (a recipient is another merchant here that is a verified company). Source: billplz-api.md 2.1, 3.7.
 */
export async function createCollection(ctx: Ctx, raw: z.input<typeof CreateCollectionInput>): Promise<Collection> {
  requirePermission(ctx, 'collection:create');
  const input = CreateCollectionInput.parse(raw);
  requireCollecting(ctx);
  return ctx.inTransaction(async (tx) => {
    const splits = await resolveSplits(tx, ctx, input.splits);
    const draft = {
      profileId: ctx.profileId,
      kind: 'plain',
      title: input.title,
      status: 'active',
      splitHeader: input.splitHeader,
      splits,
      createdBy: creatorOf(ctx.actor),
    } as const;
    const id = await withFreshId(randomId.collection, (fresh) =>
      insertCollection(tx, { ...draft, id: fresh }, ctx.now()),
    );
    const collection = { ...draft, id };
    await recordAudit(tx, ctx, {
      action: 'collection.create',
      objectType: 'collection',
      objectId: id,
      after: collection,
    });
    return collection;
  });
}

async function resolveSplits(
  tx: Tx,
  ctx: Ctx,
  wanted: z.output<typeof CreateCollectionInput>['splits'],
): Promise<SplitRecipient[]> {
  const found = await findRecipients(
    tx,
    wanted.map((split) => split.email),
  );
  return wanted.map((split) => {
    const recipient = found.find((candidate) => candidate.email === split.email);
    if (!recipient?.eligible || recipient.merchantId === ctx.profile.merchantId) {
      return refuse('split_recipient_not_eligible');
    }
    return { ...split, merchantId: recipient.merchantId };
  });
}
