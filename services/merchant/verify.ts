import { z } from 'zod';
import { loadMerchant, type Merchant, saveVerified } from '#db/merchant.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export const VerifyMerchantInput = z.strictObject({ merchantId: z.int().positive() });

/**
 * The operator has checked who this is: a company may collect, receive splits and pay out from now on. Refuses
 * `not_found` and `already_in_state`. Source: decisions.md, "Words": merchant.
 */
export async function verifyMerchant(
  ctx: SystemCtx,
  raw: z.input<typeof VerifyMerchantInput>,
): Promise<Merchant> {
  requireSystem(ctx);
  const { merchantId } = VerifyMerchantInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const before = await loadMerchant(tx, merchantId, { lock: true });
    if (before.verifiedAtMs !== null) refuse('already_in_state', { merchantId, state: 'verified' });
    const after = { ...before, verifiedAtMs: ctx.now() };
    await saveVerified(tx, merchantId, after.verifiedAtMs);
    await recordAudit(tx, ctx, {
      action: 'merchant.verify',
      objectType: 'merchant',
      objectId: merchantId,
      before,
      after,
    });
    return after;
  });
}
