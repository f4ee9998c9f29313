import { type Collection, listCollections as list, loadCollection } from '#db/collection.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

export type { Collection };

type Kind = Collection['kind'];

/** One collection of a kind. Refuses `not_found`, also for one of the other kind. */
export async function getCollection(ctx: Ctx, id: string, kind: Kind = 'plain'): Promise<Collection> {
  const scope = requirePermission(ctx, 'collection:view');
  return ctx.inTransaction(async (tx) => {
    const collection = await loadCollection(tx, ctx.profileId, id, scope === 'all' ? {} : scope);
    return collection.kind === kind ? collection : refuse('not_found', { collectionId: id });
  });
}

/** One page of the collections of a kind, newest first. */
export async function listCollections(
  ctx: Ctx,
  page: { kind?: Kind; status?: 'active' | 'inactive'; limit: number; offset: number },
): Promise<Collection[]> {
  const scope = requirePermission(ctx, 'collection:view');
  return ctx.inTransaction((tx) =>
    list(tx, ctx.profileId, { kind: 'plain', ...page, ...(scope === 'all' ? {} : scope) }),
  );
}
