import { listMerchants as list, type Merchant } from '#db/merchant.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const PAGE = 50;

/** One page of the installation's merchants, oldest first. */
export async function listMerchants(
  ctx: SystemCtx,
  { page = 1 }: { page?: number } = {},
): Promise<Merchant[]> {
  requireSystem(ctx);
  return ctx.inTransaction((tx) => list(tx, { limit: PAGE, offset: (page - 1) * PAGE }));
}
