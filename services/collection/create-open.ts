import { z } from 'zod';
import type { Collection } from '#db/collection.repository.ts';
import { AMOUNT_MAX_SEN } from '#domain/open-amount.ts';
import { sen } from '#domain/money.ts';
import { recordAudit } from '../audit/record.ts';
import { codePointText } from '../code-point-text.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import type { RenderedPicture } from '../picture/render.ts';
import { requireCollecting } from './require-collecting.ts';
import { SplitsInput } from './splits.ts';
import { writeNewCollection } from './write-new.ts';

export const CreateOpenCollectionInput = z.strictObject({
  title: codePointText(50),
  description: codePointText(200),
  /** Null: the payer decides. */
  amountSen: z.int().positive().max(AMOUNT_MAX_SEN).transform(sen).nullable(),
  fixedQuantity: z.boolean(),
  paymentButton: z.enum(['buy', 'pay']),
  reference1Label: codePointText(20).nullable(),
  reference2Label: codePointText(20).nullable(),
  emailLink: codePointText(2_048).nullable(),
  /** Percent. */
  tax: z.int().min(1).max(100).nullable(),
  redirectUri: codePointText(2_048).nullable(),
  splitHeader: z.boolean().default(false),
  splits: SplitsInput.default([]),
});

/**
 * A payment form at an address of its own. `photo` is what `renderPicture` made. Refuses `account_not_eligible`,
 * `currency_not_supported` and `split_recipient_not_eligible`. Source: billplz-api.md 2.2, 3.7.
 */
export async function createOpenCollection(
  ctx: Ctx,
  raw: z.input<typeof CreateOpenCollectionInput>,
  photo: RenderedPicture | null = null,
): Promise<Collection> {
  requirePermission(ctx, 'collection:create');
  const { title, splitHeader, splits, ...form } = CreateOpenCollectionInput.parse(raw);
  requireCollecting(ctx);
  return ctx.inTransaction(async (tx) => {
    const wanted = { kind: 'open', title, splitHeader, splits, form, picture: photo } as const;
    const collection = await writeNewCollection(tx, ctx, wanted);
    await recordAudit(tx, ctx, {
      action: 'collection.create',
      objectType: 'collection',
      objectId: collection.id,
      after: collection,
    });
    return collection;
  });
}
