import { z } from 'zod';
import {
  type BankVerification,
  findEqual,
  insertBankVerification,
} from '#db/bank-verification.repository.ts';
import { findBank, SWIFT_BANKS } from '#domain/bank-codes.ts';
import {
  BANK_VERIFICATION_WORKFLOW,
  bankVerificationWorkflowId,
} from '#workflows/bank-verification/contract.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { creatorOf, requirePermission } from '../permission.ts';
import { randomId } from '../random-id.ts';
import { dueFor } from './due.ts';

export const RegisterBankAccountInput = z.strictObject({
  name: z.string().min(1).max(255),
  idNo: z.string().regex(/^[A-Za-z0-9-]{1,30}$/),
  accNo: z.string().regex(/^\d{5,20}$/),
  code: z.string().refine((code) => findBank(SWIFT_BANKS, code) !== undefined),
  organization: z.boolean().default(false),
});

/**
 * Asks for a bank account to be verified; its workflow decides in three working days. An account that is pending or
 * verified with the same five fields is given again. Source: billplz-api.md 2.8.
 */
export async function registerBankAccount(
  ctx: Ctx,
  raw: z.input<typeof RegisterBankAccountInput>,
): Promise<BankVerification> {
  requirePermission(ctx, 'bank_verification:create');
  const input = RegisterBankAccountInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const known = await findEqual(tx, { ...input, profileId: ctx.profileId });
    if (known) return known;
    const id = randomId.bankVerification();
    const verification: BankVerification = {
      ...input,
      id,
      profileId: ctx.profileId,
      status: 'pending',
      rejectedDesc: null,
      registeredAtMs: ctx.now(),
      dueAtMs: await dueFor(tx, ctx, ctx.now(), `bank_verification:${id}`),
      processedAtMs: null,
      createdBy: creatorOf(ctx.actor),
    };
    await insertBankVerification(tx, verification);
    await recordAudit(tx, ctx, {
      action: 'bank_verification.register',
      objectType: 'bank_verification',
      objectId: id,
      after: { code: input.code, organization: input.organization, dueAtMs: verification.dueAtMs },
    });
    await enqueue(tx, ctx, {
      kind: 'start',
      workflowType: BANK_VERIFICATION_WORKFLOW,
      workflowId: bankVerificationWorkflowId(id),
      input: { bankVerificationId: id },
      objectId: id,
      summary: 'bank account verification',
    });
    return verification;
  });
}
