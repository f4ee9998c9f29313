import { type ApiKey, listApiKeys as list } from '#db/api-key.repository.ts';
import { loadUserByEmail } from '#db/user.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const PAGE = 50;

/** One page of API keys, oldest first; of one owner (refuses `not_found`) or of the whole installation. */
export async function listApiKeys(
  ctx: SystemCtx,
  { email, revoked = false, page = 1 }: { email?: string; revoked?: boolean; page?: number } = {},
): Promise<ApiKey[]> {
  requireSystem(ctx);
  const filter = { revoked, limit: PAGE, offset: (page - 1) * PAGE };
  return ctx.inTransaction(async (tx) => {
    if (email === undefined) return list(tx, filter);
    const owner = await loadUserByEmail(tx, email.toLowerCase());
    return list(tx, { ...filter, userId: owner.id });
  });
}
