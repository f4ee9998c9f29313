import { z } from 'zod';
import { loadCollection, setCollectionStatus as save } from '#db/collection.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

const Input = z.strictObject({ id: z.string().max(64), status: z.enum(['active', 'inactive']) });

/**
 * Activates or deactivates a collection of either kind. Refuses `already_in_state` and `not_found`.
 * Source: billplz-api.md 2.3.
 */
export async function setCollectionStatus(ctx: Ctx, raw: z.input<typeof Input>): Promise<void> {
  const scope = requirePermission(ctx, 'collection:change');
  const { id, status } = Input.parse(raw);
  await ctx.inTransaction(async (tx) => {
    const before = await loadCollection(tx, ctx.profileId, id, {
      lock: true,
      ...(scope === 'all' ? {} : scope),
    });
    if (before.status === status) refuse('already_in_state', { collectionId: id, status });
    await save(tx, ctx.profileId, id, status);
    await recordAudit(tx, ctx, {
      action: `collection.${status === 'active' ? 'activate' : 'deactivate'}`,
      objectType: 'collection',
      objectId: id,
      before: { status: before.status },
      after: { status },
    });
  });
}
