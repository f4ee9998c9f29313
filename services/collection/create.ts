import { z } from 'zod';
import type { Collection } from '#db/collection.repository.ts';
import { recordAudit } from '../audit/record.ts';
import { codePointText } from '../code-point-text.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import type { RenderedPicture } from '../picture/render.ts';
import { requireCollecting } from './require-collecting.ts';
import { SplitsInput } from './splits.ts';
import { writeNewCollection } from './write-new.ts';

export const CreateCollectionInput = z.strictObject({
  title: codePointText(255),
  splitHeader: z.boolean().default(false),
  splits: SplitsInput.default([]),
});

/**
 * A set of bills. `logo` is what `renderPicture` made. Refuses `account_not_eligible`, `currency_not_supported` and
 * `split_recipient_not_eligible`. Source: billplz-api.md 2.1, 3.7.
 */
export async function createCollection(
  ctx: Ctx,
  raw: z.input<typeof CreateCollectionInput>,
  logo: RenderedPicture | null = null,
): Promise<Collection> {
  requirePermission(ctx, 'collection:create');
  const input = CreateCollectionInput.parse(raw);
  requireCollecting(ctx);
  return ctx.inTransaction(async (tx) => {
    const collection = await writeNewCollection(tx, ctx, {
      ...input,
      kind: 'plain',
      form: null,
      picture: logo,
    });
    await recordAudit(tx, ctx, {
      action: 'collection.create',
      objectType: 'collection',
      objectId: collection.id,
      after: collection,
    });
    return collection;
  });
}
