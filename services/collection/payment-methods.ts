import { z } from 'zod';
import { type Collection, loadCollection, savePaymentMethods } from '#db/collection.repository.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { offersOf } from '../payment/offered.ts';
import { requirePermission } from '../permission.ts';

export interface CollectionMethod {
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
}

/** Every method that the profile could use, and whether bills of this collection may be paid by it. Refuses `not_found`. */
export async function listCollectionMethods(ctx: Ctx, collectionId: string): Promise<CollectionMethod[]> {
  const scope = requirePermission(ctx, 'collection:view');
  const { paymentMethods } = await ctx.inTransaction((tx) =>
    loadCollection(tx, ctx.profileId, collectionId, scope === 'all' ? {} : scope),
  );
  return methodsOf(ctx, paymentMethods);
}

const Input = z.strictObject({
  collectionId: z.string().max(64),
  /** Unknown codes are passed over, repeats are harmless. */
  codes: z.array(z.string()).max(1_000),
});

/**
 * Replaces the set: codes that are named are on, all others off, also for bills that were made before. Works for both
 * kinds of collection. Refuses `not_found`. Source: billplz-api.md 2.7.
 */
export async function setCollectionMethods(
  ctx: Ctx,
  raw: z.input<typeof Input>,
): Promise<CollectionMethod[]> {
  const scope = requirePermission(ctx, 'collection:change');
  const { collectionId, codes } = Input.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const find = { lock: true, ...(scope === 'all' ? {} : scope) };
    const { paymentMethods: before } = await loadCollection(tx, ctx.profileId, collectionId, find);
    const after = offersOf(ctx.profile).flatMap(({ method }) =>
      codes.includes(method.code) ? [method.code] : [],
    );
    await savePaymentMethods(tx, ctx.profileId, collectionId, after);
    await recordAudit(tx, ctx, {
      action: 'collection.payment_methods',
      objectType: 'collection',
      objectId: collectionId,
      before: { paymentMethods: before },
      after: { paymentMethods: after },
    });
    return methodsOf(ctx, after);
  });
}

function methodsOf(ctx: Ctx, chosen: Collection['paymentMethods']): CollectionMethod[] {
  return offersOf(ctx.profile).map(({ method: { code, name } }) => ({
    code,
    name,
    active: chosen === null || chosen.includes(code),
  }));
}
