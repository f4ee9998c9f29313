import { type BankVerification, listBankVerifications as list } from '#db/bank-verification.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export type { BankVerification };

export interface BankVerificationFilter {
  readonly profileId?: number;
  readonly status?: BankVerification['status'];
  /** Pending ones that a person should have decided by now. */
  readonly overdueAtMs?: number;
}

const SHOWN_MAX = 100;

/** What operators decide on: registrations of every profile, those that are due first come first; 100 at most. */
export async function listBankVerifications(
  ctx: SystemCtx,
  filter: BankVerificationFilter,
): Promise<BankVerification[]> {
  requireSystem(ctx);
  return ctx.inTransaction((tx) => list(tx, { ...filter, limit: SHOWN_MAX }));
}
