import { z } from 'zod';
import type { Bill } from '#db/bill.repository.ts';
import { loadBill } from '#db/bill.repository.ts';
import { loadCollection } from '#db/collection.repository.ts';
import type { Tx } from '#db/database.ts';
import { insertPayment, listPayments, loadPayment, type Payment } from '#db/payment.repository.ts';
import { billStep } from '#domain/bill.ts';
import { nextAskMs } from '#domain/payment.ts';
import { refuse } from '#domain/refusal.ts';
import type { Gateways } from '#gateways/port.ts';
import { PAYMENT_WORKFLOW, paymentWorkflowId } from '#workflows/payment/contract.ts';
import { recordAudit } from '../audit/record.ts';
import { standingOf } from '../bill/standing.ts';
import { requireCollecting } from '../collection/require-collecting.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { requirePayer } from '../permission.ts';
import { randomId, withFreshId } from '../random-id.ts';
import { offeredBank } from './offered.ts';
import { recordOutcome } from './record-outcome.ts';

export const StartPaymentInput = z.strictObject({
  billId: z.string().max(64),
  method: z.string().max(20),
  bankCode: z.string().max(20),
  /** The payer was told that another payment is under way and wants to pay again all the same. */
  confirmed: z.boolean().default(false),
});

export interface StartedPayment {
  readonly payment: Payment;
  /** The bank's page; null when the gateway gave its word at once. */
  readonly redirectUrl: string | null;
}

/**
 * Opens a payment at the gateway of the method and gives the page to send the payer to. The row is there before the
 * gateway hears of it: whatever happens then, `payment-<id>` asks until the outcome is known.
 * Refuses `bill_not_payable`, `not_offered`, `payment_in_progress`, `account_not_eligible`. Source: billplz-api.md 6.
 */
export async function startPayment(
  ctx: Ctx,
  gateways: Gateways,
  raw: z.input<typeof StartPaymentInput>,
): Promise<StartedPayment> {
  requirePayer(ctx);
  const input = StartPaymentInput.parse(raw);
  requireCollecting(ctx);
  const payment = await ctx.inTransaction((tx) => openPayment(tx, ctx, input));
  return sendToBank(ctx, gateways, payment);
}

/** The row, its audit and the workflow that will not rest until the payment is final; nothing is asked of a gateway. */
export async function openPayment(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof StartPaymentInput>,
): Promise<Payment> {
  const bill = await loadBill(tx, ctx.profileId, input.billId, { lock: true });
  const step = billStep(standingOf(bill, ctx.profile, ctx.now()), 'start_payment');
  if (step.kind === 'refused') refuse(step.code, { billId: bill.id });
  const { paymentMethods } = await loadCollection(tx, ctx.profileId, bill.collectionId);
  const offer =
    offeredBank(ctx.profile, paymentMethods, input) ?? refuse('not_offered', { method: input.method });
  if (!input.confirmed) await refuseWhilePending(tx, ctx, bill);
  const draft = draftOf(ctx, bill, { ...input, ...offer });
  const id = await withFreshId(randomId.transaction, (fresh) => insertPayment(tx, complete(draft, fresh)));
  const payment = complete(draft, id);
  await recordAudit(tx, ctx, {
    action: 'payment.start',
    objectType: 'payment',
    objectId: id,
    after: { billId: bill.id, method: input.method, bankCode: input.bankCode, amountSen: bill.amountSen },
  });
  await enqueue(tx, ctx, {
    kind: 'start',
    workflowType: PAYMENT_WORKFLOW,
    workflowId: paymentWorkflowId(id),
    input: { paymentId: id },
    objectId: id,
    summary: `payment of bill ${bill.id}`,
  });
  return payment;
}

/** Opens the payment at its gateway; asked twice, the gateway knows it by the merchant transaction id. */
export async function sendToBank(ctx: Ctx, gateways: Gateways, payment: Payment): Promise<StartedPayment> {
  const result = await gateways(payment.gateway).startBankPayment({
    profileId: payment.profileId,
    merchantTransactionId: payment.merchantTransactionId,
    amountMinor: payment.amountSen,
    currency: payment.currency,
    bankCode: payment.bankCode ?? '',
    returnUrl: `${ctx.publicUrl}/bills/${payment.billId}/payments/${payment.id}/return`,
    nowMs: ctx.now(),
  });
  const seen = await recordOutcome(ctx, payment.id, result);
  return { payment: seen, redirectUrl: result.kind === 'requires_customer_action' ? result.url : null };
}

async function refuseWhilePending(tx: Tx, ctx: Ctx, bill: Bill): Promise<void> {
  const [pending] = await listPayments(tx, ctx.profileId, {
    billId: bill.id,
    status: 'pending',
    limit: 1,
    offset: 0,
  });
  if (pending) refuse('payment_in_progress', { billId: bill.id, paymentId: pending.id });
}

function draftOf(
  ctx: Ctx,
  bill: Bill,
  choice: { method: string; bankCode: string; gateway: string; channel: string },
): Omit<Payment, 'id' | 'merchantTransactionId'> {
  const nowMs = ctx.now();
  return {
    profileId: ctx.profileId,
    billId: bill.id,
    status: 'pending',
    method: choice.method,
    bankCode: choice.bankCode,
    channel: choice.channel,
    gateway: choice.gateway,
    gatewayId: null,
    amountSen: bill.amountSen,
    currency: ctx.profile.currency,
    excess: false,
    failure: null,
    // Until the gateway has said when to ask: whoever dies between row and call is found out soon.
    checkAgainAtMs: nextAskMs({ sinceMs: nowMs, nowMs, kind: 'unknown_outcome' }),
    unknownSinceMs: nowMs,
    completedAtMs: null,
    createdAtMs: nowMs,
  };
}

function complete(draft: Omit<Payment, 'id' | 'merchantTransactionId'>, id: string): Payment {
  return { ...draft, id, merchantTransactionId: `p${draft.profileId}-b${draft.billId}-t${id}` };
}

/** For commands that are repeated with their key: the payment that the first one made. */
export async function findPayment(ctx: Ctx, id: string): Promise<Payment> {
  requirePayer(ctx);
  return ctx.inTransaction((tx) => loadPayment(tx, ctx.profileId, id));
}
