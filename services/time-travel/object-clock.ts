import type { Tx } from '#db/database.ts';
import { readOffset } from '#db/object-clock.repository.ts';
import type { Ctx } from '../context.ts';

/**
 * The object's own now, epoch ms: a sandbox object that was moved lives ahead of the wall clock.
 * `object` is `callback:<id>`, `payment:<id>` or `bank_verification:<id>`. Source: decisions.md, "Durability"; temporal.md section 12.
 */
export async function clockOf(tx: Tx, ctx: Ctx, object: string): Promise<number> {
  if (ctx.profile.mode === 'live') return ctx.now();
  return ctx.now() + (await readOffset(tx, ctx.profileId, object));
}
