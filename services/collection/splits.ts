import { z } from 'zod';
import { findRecipients, type SplitRecipient } from '#db/collection.repository.ts';
import type { Tx } from '#db/database.ts';
import { sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx } from '../context.ts';

const Split = z
  .strictObject({
    email: z.string().min(1).max(255),
    fixedCut: z.int().positive().transform(sen).nullable(),
    variableCut: z.int().min(1).max(100).nullable(),
  })
  .refine((split) => split.fixedCut !== null || split.variableCut !== null);

/** In stack order, two at most; the percentages together at most 100. Source: billplz-api.md 3.7. */
export const SplitsInput = z
  .array(Split)
  .max(2)
  .refine((splits) => splits.reduce((sum, split) => sum + (split.variableCut ?? 0), 0) <= 100);

/** Refuses `split_recipient_not_eligible`: a recipient is another merchant here that is a verified company. */
export async function resolveSplits(
  tx: Tx,
  ctx: Ctx,
  wanted: z.output<typeof SplitsInput>,
): Promise<SplitRecipient[]> {
  const found = await findRecipients(
    tx,
    wanted.map((split) => split.email),
  );
  return wanted.map((split) => {
    const recipient = found.find((candidate) => candidate.email === split.email.toLowerCase());
    if (!recipient?.eligible || recipient.merchantId === ctx.profile.merchantId) {
      return refuse('split_recipient_not_eligible');
    }
    return { ...split, merchantId: recipient.merchantId };
  });
}
