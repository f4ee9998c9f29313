import { listUsers as list, type User } from '#db/user.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const PAGE = 50;

/** One page of users, oldest first; of one merchant or of the whole installation. */
export async function listUsers(
  ctx: SystemCtx,
  { merchantId, page = 1 }: { merchantId?: number; page?: number } = {},
): Promise<User[]> {
  requireSystem(ctx);
  const filter = { limit: PAGE, offset: (page - 1) * PAGE };
  return ctx.inTransaction((tx) => list(tx, merchantId === undefined ? filter : { ...filter, merchantId }));
}
