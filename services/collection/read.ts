import { type Collection, listCollections as list, loadCollection } from '#db/collection.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

export type { Collection };

/** One plain collection. Refuses `not_found`, also for an open collection. */
export async function getCollection(ctx: Ctx, id: string): Promise<Collection> {
  const scope = requirePermission(ctx, 'collection:view');
  return ctx.inTransaction(async (tx) => {
    const collection = await loadCollection(tx, ctx.profileId, id, scope === 'all' ? {} : scope);
    return collection.kind === 'plain' ? collection : refuse('not_found', { collectionId: id });
  });
}

/** One page of plain collections, newest first. */
export async function listCollections(
  ctx: Ctx,
  page: { status?: 'active' | 'inactive'; limit: number; offset: number },
): Promise<Collection[]> {
  const scope = requirePermission(ctx, 'collection:view');
  return ctx.inTransaction((tx) =>
    list(tx, ctx.profileId, { ...page, kind: 'plain', ...(scope === 'all' ? {} : scope) }),
  );
}
