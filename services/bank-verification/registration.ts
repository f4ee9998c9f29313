import { newestByAccount } from '#db/bank-verification.repository.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

export type Registration = 'verified' | 'unverified' | 'not found';

/** How the newest registration of a number stands in this profile. Source: billplz-api.md 2.5. */
export async function readRegistration(ctx: Ctx, accNo: string): Promise<Registration> {
  requirePermission(ctx, 'bank_verification:view');
  const [newest] = await ctx.inTransaction((tx) => newestByAccount(tx, ctx.profileId, [accNo]));
  if (!newest) return 'not found';
  return newest.status === 'verified' ? 'verified' : 'unverified';
}
