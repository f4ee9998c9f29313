import { loadBill, saveBillState, type Bill } from '#db/bill.repository.ts';
import { loadCollection } from '#db/collection.repository.ts';
import type { Tx } from '#db/database.ts';
import { loadPayment, type Payment, savePayment } from '#db/payment.repository.ts';
import { billStep } from '#domain/bill.ts';
import { nextAskMs, type PaymentEvent, paymentStep, UNKNOWN_SETTLES_AFTER_MS } from '#domain/payment.ts';
import { splitPayment } from '#domain/split-payment.ts';
import type { GatewayResult } from '#gateways/port.ts';
import { PAYMENT_WORKFLOW, paymentWorkflowId } from '#workflows/payment/contract.ts';
import { raiseAlert } from '../alert/raise.ts';
import { recordAudit } from '../audit/record.ts';
import { standingOf } from '../bill/standing.ts';
import { oweBillCallback } from '../callback/owe-bill-callback.ts';
import type { Ctx } from '../context.ts';
import { account, post } from '../ledger/post.ts';
import { oweReceipt } from '../mail/owe-bill-mails.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { requirePayer } from '../permission.ts';

/**
 * Books the gateway's word once, in one transaction: bill, payment, ledger, callback, receipt, and a hint to
 * `payment-<id>`. The same word again changes nothing; a fact is never refused. Locks the bill, then the payment.
 * Source: decisions.md, "Durability"; billplz-api.md 3.1.
 */
export async function recordOutcome(ctx: Ctx, paymentId: string, result: GatewayResult): Promise<Payment> {
  requirePayer(ctx);
  return ctx.inTransaction(async (tx) => {
    const { billId } = await loadPayment(tx, ctx.profileId, paymentId);
    const bill = await loadBill(tx, ctx.profileId, billId, { lock: true });
    const before = await loadPayment(tx, ctx.profileId, paymentId, { lock: true });
    const event = eventOf(result, before, ctx.now());
    if (!event) return keepAsking(tx, ctx, before, result);

    const step = paymentStep(before.status, event);
    if (step.kind === 'contradicts') {
      await raiseAlert(
        tx,
        ctx.profileId,
        'payment_contradicted',
        `payment:${paymentId}`,
        `${event} after completion`,
      );
    }
    if (step.kind !== 'moves') return before;
    const known = { ...before, ...gatewayIdOf(result), checkAgainAtMs: null, unknownSinceMs: null };
    const after =
      step.to === 'completed'
        ? await bookSuccess(tx, ctx, bill, known)
        : await bookFailure(tx, ctx, bill, known, result);
    await recordAudit(tx, ctx, {
      action: `payment.${after.status}`,
      objectType: 'payment',
      objectId: paymentId,
      before: { status: before.status },
      after: { status: after.status, excess: after.excess, failure: after.failure },
    });
    await tellWorkflow(tx, ctx, after);
    return after;
  });
}

async function bookSuccess(tx: Tx, ctx: Ctx, bill: Bill, payment: Payment): Promise<Payment> {
  const step = billStep(standingOf(bill, ctx.profile, ctx.now()), 'payment_succeeded');
  const excess = step.kind === 'excess';
  const completedAtMs = ctx.now();
  const after: Payment = { ...payment, status: 'completed', failure: null, excess, completedAtMs };
  await savePayment(tx, after);
  if (excess) {
    await postExcess(tx, ctx, after);
    return after;
  }
  const paid: Bill = { ...bill, state: 'paid', paidAmountSen: after.amountSen, paidAtMs: completedAtMs };
  await saveBillState(tx, paid);
  await postPaid(tx, ctx, paid, after);
  await oweBillCallback(tx, ctx, paid, after);
  await oweReceipt(tx, ctx, paid, after);
  return after;
}

async function bookFailure(
  tx: Tx,
  ctx: Ctx,
  bill: Bill,
  payment: Payment,
  result: GatewayResult,
): Promise<Payment> {
  const failure = result.kind === 'declined' ? result.code : result.kind;
  const after: Payment = { ...payment, status: 'failed', failure };
  await savePayment(tx, after);
  // A bill that was paid otherwise has had its callback; a late failure of another try is no news to the merchant.
  if (bill.state !== 'paid') await oweBillCallback(tx, ctx, bill, after);
  return after;
}

async function postPaid(tx: Tx, ctx: Ctx, bill: Bill, payment: Payment): Promise<void> {
  const { splits } = await loadCollection(tx, ctx.profileId, bill.collectionId);
  const { cuts, owner } = splitPayment(payment.amountSen, splits);
  await post(tx, ctx, {
    kind: 'bill_paid',
    sourceType: 'payment',
    sourceId: payment.id,
    currency: payment.currency,
    debit: [{ account: account.gatewayClearing(payment.gateway), amountMinor: payment.amountSen }],
    credit: [
      ...splits.map((split, index) => ({
        account: account.splitPayable(split.merchantId),
        amountMinor: cuts[index] ?? 0,
      })),
      { account: account.merchantBalance, amountMinor: owner },
    ],
  });
}

async function postExcess(tx: Tx, ctx: Ctx, payment: Payment): Promise<void> {
  await post(tx, ctx, {
    kind: 'bill_paid_excess',
    sourceType: 'payment',
    sourceId: payment.id,
    currency: payment.currency,
    debit: [{ account: account.gatewayClearing(payment.gateway), amountMinor: payment.amountSen }],
    credit: [{ account: account.excessPayable, amountMinor: payment.amountSen }],
  });
}

/** Not final: remembers when to ask again; an outcome that stays unknown for 30 minutes needs a person. */
async function keepAsking(tx: Tx, ctx: Ctx, payment: Payment, result: GatewayResult): Promise<Payment> {
  if (payment.status !== 'pending') return payment;
  const nowMs = ctx.now();
  const told = result.kind === 'pending' || result.kind === 'requires_customer_action';
  const unknownSinceMs = told ? null : (payment.unknownSinceMs ?? nowMs);
  const checkAgainAtMs = told
    ? Math.max(result.checkAgainAtMs, nowMs + 1)
    : nextAskMs({ sinceMs: unknownSinceMs ?? nowMs, nowMs, kind: 'unknown_outcome' });
  const after: Payment = { ...payment, ...gatewayIdOf(result), unknownSinceMs, checkAgainAtMs };
  await savePayment(tx, after);
  if (result.kind === 'approved') {
    const said = `${result.amountMinor} ${result.currency} instead of ${payment.amountSen} ${payment.currency}`;
    await raiseAlert(tx, ctx.profileId, 'payment_contradicted', `payment:${payment.id}`, said);
  } else if (unknownSinceMs !== null && nowMs - unknownSinceMs >= UNKNOWN_SETTLES_AFTER_MS) {
    await raiseAlert(tx, ctx.profileId, 'payment_unknown', `payment:${payment.id}`, result.kind);
  }
  if (after.checkAgainAtMs !== payment.checkAgainAtMs) await tellWorkflow(tx, ctx, after);
  return after;
}

/** What the result means for the payment; undefined while it is not final. */
function eventOf(result: GatewayResult, payment: Payment, nowMs: number): PaymentEvent | undefined {
  switch (result.kind) {
    case 'approved':
      // Another amount than was asked is never an approval: it stays open for a person to look at.
      return result.amountMinor === payment.amountSen && result.currency === payment.currency
        ? 'approved'
        : undefined;
    case 'declined':
      return 'declined';
    case 'abandoned':
      return 'abandoned';
    case 'not_found':
      return nowMs - (payment.unknownSinceMs ?? payment.createdAtMs) >= UNKNOWN_SETTLES_AFTER_MS
        ? 'not_found'
        : undefined;
    case 'error':
      return result.retryable ? undefined : 'declined';
    default:
      return undefined;
  }
}

function gatewayIdOf(result: GatewayResult): { gatewayId?: string } {
  return 'gatewayId' in result ? { gatewayId: result.gatewayId } : {};
}

async function tellWorkflow(tx: Tx, ctx: Ctx, payment: Payment): Promise<void> {
  await enqueue(tx, ctx, {
    kind: 'tell',
    workflowType: PAYMENT_WORKFLOW,
    workflowId: paymentWorkflowId(payment.id),
    input: { paymentId: payment.id },
    objectId: payment.id,
    summary: `payment of bill ${payment.billId}`,
  });
}
