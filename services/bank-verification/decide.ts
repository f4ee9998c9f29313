import { z } from 'zod';
import {
  type BankVerification,
  loadBankVerification,
  saveBankVerification,
} from '#db/bank-verification.repository.ts';
import { insertCommand } from '#db/command.repository.ts';
import type { Tx } from '#db/database.ts';
import { refuse } from '#domain/refusal.ts';
import {
  BANK_VERIFICATION_WORKFLOW,
  type BankVerificationView,
  bankVerificationWorkflowId,
} from '#workflows/bank-verification/contract.ts';
import { raiseAlert } from '../alert/raise.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { requireSystem } from '../permission.ts';
import { clockOf } from '../time-travel/object-clock.ts';

/** The sandbox rejects accounts that end so. Source: billplz-api.md 2.8. */
const SANDBOX_REJECTS = /0009$/;
const SANDBOX_REASON = 'Account holder does not match';

/** What the workflow looks at. `overdue`: a live account that waits for a person. */
export async function viewBankVerification(ctx: Ctx, id: string): Promise<BankVerificationView> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const { status, dueAtMs } = await loadBankVerification(tx, ctx.profileId, id);
    return { status, overdue: status === 'pending' && ctx.profile.mode === 'live' && dueAtMs <= ctx.now() };
  });
}

/** The third working day has come: the sandbox decides by the number, in live mode a person is asked to. */
export async function decideWhenDue(ctx: Ctx, id: string): Promise<void> {
  requireSystem(ctx);
  await ctx.inTransaction(async (tx) => {
    const before = await loadBankVerification(tx, ctx.profileId, id, { lock: true });
    if (before.status !== 'pending') return;
    if (ctx.profile.mode === 'live') {
      await raiseAlert(
        tx,
        ctx.profileId,
        'verification_overdue',
        `bank_verification:${id}`,
        'decide it by hand',
      );
      return;
    }
    const rejectedDesc = SANDBOX_REJECTS.test(before.accNo) ? SANDBOX_REASON : null;
    await settle(tx, ctx, before, { rejectedDesc, atMs: ctx.now() });
  });
}

const DecideInput = z
  .strictObject({
    id: z.string().max(64),
    verdict: z.enum(['verified', 'rejected']),
    reason: z.string().trim().min(1).max(255).optional(),
  })
  .refine((input) => (input.verdict === 'rejected') === (input.reason !== undefined), {
    message: 'a rejection needs a reason, a verification has none',
  });

/**
 * A person's word on a live account, before or after it is due. It only changes rows, so it is done here and the
 * workflow is told. Refuses `illegal_transition` when it was decided, `not_found`. Source: decisions.md, "Durability".
 */
export async function decideBankVerification(
  ctx: Ctx,
  raw: z.input<typeof DecideInput>,
): Promise<BankVerification> {
  requireSystem(ctx);
  const { id, verdict, reason } = DecideInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const before = await loadBankVerification(tx, ctx.profileId, id, { lock: true });
    if (before.status !== 'pending') return refuse('illegal_transition', { from: before.status, verdict });
    const atMs = await clockOf(tx, ctx, `bank_verification:${id}`);
    const after = await settle(tx, ctx, before, { rejectedDesc: reason ?? null, atMs });
    await insertCommand(tx, {
      profileId: ctx.profileId,
      objectType: 'bank_verification',
      objectId: id,
      verb: 'decide',
      actor: ctx.actor,
      requestId: ctx.requestId,
      atMs,
      outcome: { verdict },
    });
    await enqueue(tx, ctx, {
      kind: 'tell',
      workflowType: BANK_VERIFICATION_WORKFLOW,
      workflowId: bankVerificationWorkflowId(id),
      input: { bankVerificationId: id },
      objectId: id,
      summary: 'bank account verification',
    });
    return after;
  });
}

async function settle(
  tx: Tx,
  ctx: Ctx,
  before: BankVerification,
  verdict: { rejectedDesc: string | null; atMs: number },
): Promise<BankVerification> {
  const { rejectedDesc, atMs } = verdict;
  const status = rejectedDesc === null ? 'verified' : 'rejected';
  const after: BankVerification = { ...before, status, rejectedDesc, processedAtMs: atMs };
  await saveBankVerification(tx, after);
  await recordAudit(tx, ctx, {
    action: `bank_verification.${status}`,
    objectType: 'bank_verification',
    objectId: before.id,
    before: { status: before.status },
    after: { status, rejectedDesc },
  });
  return after;
}
