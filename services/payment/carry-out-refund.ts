import { settleCommand } from '#db/command.repository.ts';
import type { Tx } from '#db/database.ts';
import { loadPayment, type Payment } from '#db/payment.repository.ts';
import { listRefunds, lockRefund, type Refund, saveRefund } from '#db/refund.repository.ts';
import { nextAskMs, UNKNOWN_SETTLES_AFTER_MS } from '#domain/payment.ts';
import type { Gateways, RefundResult } from '#gateways/port.ts';
import { raiseAlert } from '../alert/raise.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { completeRefund } from './complete-refund.ts';

/** The refund of a payment that is due first, and when (epoch ms; null: at once); undefined when none waits. */
export async function findDueRefund(
  ctx: Ctx,
  paymentId: string,
): Promise<{ id: string; dueAtMs: number | null } | undefined> {
  requireSystem(ctx);
  const refunds = await ctx.inTransaction((tx) => listRefunds(tx, ctx.profileId, { paymentId }));
  const [first] = refunds
    .filter(({ status }) => status === 'pending')
    .toSorted((a, b) => (a.checkAgainAtMs ?? 0) - (b.checkAgainAtMs ?? 0));
  return first && { id: first.id, dueAtMs: first.checkAgainAtMs };
}

/**
 * Tells the gateway of a refund and books its word. One that was sent before is asked about first: only what the gateway
 * never heard of is sent again, under the same key. Where the method cannot give back, it is recorded as done by hand.
 * Source: decisions.md, "Durability"; gateways.md 1, "asks before anything is repeated".
 */
export async function carryOutRefund(ctx: Ctx, gateways: Gateways, refundId: string): Promise<void> {
  requireSystem(ctx);
  const { refund, payment } = await ctx.inTransaction(async (tx) => {
    const before = await lockRefund(tx, ctx.profileId, refundId);
    const of = await loadPayment(tx, ctx.profileId, before.paymentId);
    if (before.status === 'pending' && before.sentAtMs === null) {
      await saveRefund(tx, { ...before, sentAtMs: ctx.now() });
    }
    return { refund: before, payment: of };
  });
  if (refund.status !== 'pending') return;
  const gateway = gateways(payment.gateway);
  if (!gateway.canRefund(payment.method)) return recordByHand(ctx, refundId);

  const { profileId, merchantRefundId } = refund;
  const ask = () => gateway.getRefund({ profileId, merchantRefundId, nowMs: ctx.now() });
  const send = () =>
    gateway.refund({
      profileId,
      merchantRefundId,
      merchantTransactionId: payment.merchantTransactionId,
      amountMinor: refund.amountSen,
      currency: payment.currency,
      nowMs: ctx.now(),
    });
  let result: RefundResult;
  try {
    result = refund.sentAtMs === null ? await send() : await ask();
    if (refund.sentAtMs !== null && result.kind === 'not_found') result = await send();
  } catch {
    result = { kind: 'unknown_outcome' };
  }
  await recordRefundResult(ctx, refundId, result);
}

async function recordByHand(ctx: Ctx, refundId: string): Promise<void> {
  await ctx.inTransaction(async (tx) => {
    const before = await lockRefund(tx, ctx.profileId, refundId);
    const payment = await loadPayment(tx, ctx.profileId, before.paymentId, { lock: true });
    if (before.status !== 'pending') return;
    await finish(tx, ctx, await completeRefund(tx, ctx, payment, { ...before, byHand: true }, ctx.now()));
  });
}

/** Books the gateway's word once; a fact is never refused. */
async function recordRefundResult(ctx: Ctx, refundId: string, result: RefundResult): Promise<void> {
  await ctx.inTransaction(async (tx) => {
    const before = await lockRefund(tx, ctx.profileId, refundId);
    const payment = await loadPayment(tx, ctx.profileId, before.paymentId, { lock: true });
    if (before.status !== 'pending') return;
    const known = 'gatewayId' in result ? { ...before, gatewayId: result.gatewayId } : before;
    if (result.kind === 'approved' && isAsAsked(result, before, payment)) {
      await finish(tx, ctx, await completeRefund(tx, ctx, payment, known, ctx.now()));
      return;
    }
    const failure = failureOf(result);
    if (failure === undefined) await keepAsking(tx, ctx, known, result);
    else await fail(tx, ctx, known, failure);
  });
}

function isAsAsked(
  result: Extract<RefundResult, { kind: 'approved' }>,
  refund: Refund,
  payment: Payment,
): boolean {
  return result.amountMinor === refund.amountSen && result.currency === payment.currency;
}

/** Why it will not happen; undefined while that is open. */
function failureOf(result: RefundResult): string | undefined {
  switch (result.kind) {
    case 'declined':
      return result.code;
    case 'not_found':
      return 'payment_unknown_to_gateway';
    case 'error':
      return result.retryable ? undefined : result.code;
    default:
      return undefined;
  }
}

/** Its amount is free for another try. */
async function fail(tx: Tx, ctx: Ctx, refund: Refund, failure: string): Promise<void> {
  const after: Refund = { ...refund, status: 'failed', failure, unknownSinceMs: null, checkAgainAtMs: null };
  await saveRefund(tx, after);
  await raiseAlert(tx, ctx.profileId, 'refund_failed', `payment:${refund.paymentId}`, failure);
  await finish(tx, ctx, after);
}

async function finish(tx: Tx, ctx: Ctx, after: Refund): Promise<void> {
  if (after.commandId !== null) {
    await settleCommand(tx, after.commandId, { refundId: after.id, status: after.status });
  }
  await recordAudit(tx, ctx, {
    action: `refund.${after.status}`,
    objectType: 'payment',
    objectId: after.paymentId,
    before: { status: 'pending' },
    after: { refundId: after.id, status: after.status, failure: after.failure, byHand: after.byHand },
  });
}

async function keepAsking(tx: Tx, ctx: Ctx, refund: Refund, result: RefundResult): Promise<void> {
  const nowMs = ctx.now();
  const isTold = result.kind === 'pending';
  const unknownSinceMs = isTold ? null : (refund.unknownSinceMs ?? nowMs);
  const checkAgainAtMs = isTold
    ? Math.max(result.checkAgainAtMs, nowMs + 1)
    : nextAskMs({ sinceMs: unknownSinceMs ?? nowMs, nowMs, kind: 'unknown_outcome' });
  await saveRefund(tx, { ...refund, unknownSinceMs, checkAgainAtMs });
  const isLong = unknownSinceMs !== null && nowMs - unknownSinceMs >= UNKNOWN_SETTLES_AFTER_MS;
  // Another amount than was asked is no approval: a person looks.
  if (isLong || result.kind === 'approved') {
    await raiseAlert(tx, ctx.profileId, 'refund_unknown', `payment:${refund.paymentId}`, result.kind);
  }
}
