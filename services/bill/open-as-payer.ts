import { profileOfBill } from '#db/bill.repository.ts';
import { loadProfile } from '#db/profile.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const BILL_ID = /^[\w-]{1,64}$/;

/**
 * The surroundings of whoever holds a bill's link: its profile, and a payer who may do what the pages offer.
 * Refuses `not_found`.
 */
export async function openAsPayer(system: SystemCtx, billId: string): Promise<Ctx> {
  requireSystem(system);
  if (!BILL_ID.test(billId)) refuse('not_found', { billId: billId.slice(0, 64) });
  const profile = await system.inTransaction(async (tx) => {
    const profileId = (await profileOfBill(tx, billId)) ?? refuse('not_found', { billId });
    return loadProfile(tx, profileId);
  });
  return system.forProfile(profile, { kind: 'payer' });
}
