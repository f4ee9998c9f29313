import { z } from 'zod';
import { insertMerchant, type Merchant } from '#db/merchant.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export const CreateMerchantInput = z.strictObject({
  name: z.string().trim().min(1).max(255),
  kind: z.enum(['company', 'personal']),
  /** The account e-mail, by which others name the merchant in splits. */
  email: z.email().max(255).toLowerCase(),
});

/** A legal entity, not verified yet. Refuses `taken` for an e-mail that another one has. Source: decisions.md, "Words". */
export async function createMerchant(
  ctx: SystemCtx,
  raw: z.input<typeof CreateMerchantInput>,
): Promise<Merchant> {
  requireSystem(ctx);
  const input = CreateMerchantInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const merchant = await insertMerchant(tx, { ...input, createdAtMs: ctx.now() });
    if (!merchant) return refuse('taken', { email: input.email });
    await recordAudit(tx, ctx, {
      action: 'merchant.create',
      objectType: 'merchant',
      objectId: merchant.id,
      after: merchant,
    });
    return merchant;
  });
}
