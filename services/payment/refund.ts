import { z } from 'zod';
import { loadBill } from '#db/bill.repository.ts';
import { insertCommand, openCommands } from '#db/command.repository.ts';
import type { Tx } from '#db/database.ts';
import { listPayments, loadPayment, type Payment } from '#db/payment.repository.ts';
import { insertRefund, listRefunds, type Refund, saveRefund } from '#db/refund.repository.ts';
import { refundableSen } from '#domain/refund.ts';
import { type Sen, sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import { PAYMENT_WORKFLOW, paymentWorkflowId } from '#workflows/payment/contract.ts';
import { recordAudit } from '../audit/record.ts';
import { codePointText } from '../code-point-text.ts';
import { awaitOutcome, type Waiting } from '../command/await-outcome.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { creatorOf, requirePermission } from '../permission.ts';
import { randomId } from '../random-id.ts';
import { clockOf } from '../time-travel/object-clock.ts';
import { completeRefund } from './complete-refund.ts';

export const RefundInput = z.strictObject({
  billId: z.string().max(64),
  /** Needed where the bill was paid twice and neither payment has gone back. */
  paymentId: z.string().max(64).optional(),
  /** Default: all that is left of the payment. */
  amountSen: z.int().positive().transform(sen).optional(),
  /** The money has gone back already, past the gateway. */
  byHand: z.boolean().default(false),
  reason: codePointText(255).optional(),
  idempotencyKey: z.string().min(1).max(255).nullable().default(null),
});

type Wanted = z.output<typeof RefundInput>;

export type { Refund };

const OPEN_MAX = 10;
const TRIES_MAX = 100;

/**
 * Gives a payment back, or a part of it. The row is the intent: `payment-<id>` tells the gateway and books its word, and
 * this waits up to 15 s for it (still `pending`: it goes on). By hand it is booked at once. The bill stays paid, nobody
 * is called back, splits stay with their recipients. The same key again gives the first refund.
 * Refuses `not_found`, `not_refundable`, `refund_exceeds_payment`, `too_many_commands`; `invalid_input` with the name
 * `payment_id` where it is not clear which payment is meant. Source: billplz-api.md 3.1; decisions.md, "Durability".
 */
export async function refundPayment(
  ctx: Ctx,
  waiting: Waiting,
  raw: z.input<typeof RefundInput>,
): Promise<Refund> {
  const scope = requirePermission(ctx, 'payment:refund');
  const wanted = RefundInput.parse(raw);
  const { refund, command } = await ctx.inTransaction(async (tx) => {
    // The bill's lock puts equal requests in a row; the payment's keeps two from giving back the same money.
    const bill = await loadBill(tx, ctx.profileId, wanted.billId, {
      lock: true,
      ...(scope === 'all' ? {} : scope),
    });
    const first = await findFirst(tx, ctx, wanted);
    if (first) return { refund: first, command: null };
    const payment = await choosePayment(tx, ctx, bill.id, wanted.paymentId);
    const asked = await openRefund(tx, ctx, payment, wanted);
    await recordAudit(tx, ctx, {
      action: 'payment.refund',
      objectType: 'payment',
      objectId: payment.id,
      after: { refundId: asked.id, amountSen: asked.amountSen, byHand: asked.byHand, reason: asked.reason },
    });
    if (asked.byHand) {
      return { refund: await completeRefund(tx, ctx, payment, asked, asked.createdAtMs), command: null };
    }
    return tellWorkflow(tx, ctx, payment, asked);
  });
  if (command) await awaitOutcome(ctx, command, waiting);
  return readAgain(ctx, refund);
}

async function findFirst(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<Refund | undefined> {
  if (wanted.idempotencyKey === null) return undefined;
  const refunds = await listRefunds(tx, ctx.profileId, { billId: wanted.billId });
  const first = refunds.find(({ idempotencyKey }) => idempotencyKey === wanted.idempotencyKey);
  if (!first) return undefined;
  const isSame =
    (wanted.amountSen === undefined || wanted.amountSen === first.amountSen) &&
    (wanted.paymentId === undefined || wanted.paymentId === first.paymentId);
  return isSame ? first : refuse('idempotency_key_reused');
}

/** The named payment, or the only one of the bill with something left. */
async function choosePayment(tx: Tx, ctx: Ctx, billId: string, paymentId?: string): Promise<Payment> {
  if (paymentId !== undefined) {
    const payment = await loadPayment(tx, ctx.profileId, paymentId, { lock: true });
    return payment.billId === billId ? payment : refuse('not_found', { paymentId });
  }
  const completed = await listPayments(tx, ctx.profileId, {
    billId,
    status: 'completed',
    limit: TRIES_MAX,
    offset: 0,
  });
  const refunds = await listRefunds(tx, ctx.profileId, { billId });
  const withRest = completed.filter((payment) => restOf(payment, refunds) > 0);
  const [only, ...others] = withRest;
  if (others.length > 0) return refuse('invalid_input', { name: 'payment_id' });
  return only
    ? loadPayment(tx, ctx.profileId, only.id, { lock: true })
    : refuse('not_refundable', { billId });
}

async function openRefund(tx: Tx, ctx: Ctx, payment: Payment, wanted: Wanted): Promise<Refund> {
  if (payment.status !== 'completed') return refuse('not_refundable', { paymentId: payment.id });
  const left = restOf(payment, await listRefunds(tx, ctx.profileId, { paymentId: payment.id }));
  const amountSen = wanted.amountSen ?? left;
  if (left === 0) return refuse('not_refundable', { paymentId: payment.id });
  if (amountSen > left) return refuse('refund_exceeds_payment', { paymentId: payment.id, leftSen: left });
  const id = randomId.refund();
  const refund: Refund = {
    id,
    profileId: ctx.profileId,
    billId: payment.billId,
    paymentId: payment.id,
    amountSen,
    status: 'pending',
    byHand: wanted.byHand,
    reason: wanted.reason ?? null,
    merchantRefundId: `${payment.merchantTransactionId}-${id}`,
    gatewayId: null,
    failure: null,
    sentAtMs: null,
    unknownSinceMs: null,
    checkAgainAtMs: null,
    completedAtMs: null,
    commandId: null,
    idempotencyKey: wanted.idempotencyKey,
    createdBy: creatorOf(ctx.actor),
    createdAtMs: await clockOf(tx, ctx, `payment:${payment.id}`),
  };
  await insertRefund(tx, refund);
  return refund;
}

async function tellWorkflow(tx: Tx, ctx: Ctx, payment: Payment, asked: Refund) {
  const object = { profileId: ctx.profileId, objectType: 'payment', objectId: payment.id };
  if ((await openCommands(tx, object)).length >= OPEN_MAX) {
    return refuse('too_many_commands', { paymentId: payment.id });
  }
  const command = await insertCommand(tx, {
    ...object,
    verb: 'refund',
    payload: { refundId: asked.id },
    actor: ctx.actor,
    requestId: ctx.requestId,
    atMs: asked.createdAtMs,
  });
  const refund: Refund = { ...asked, commandId: command.id };
  await saveRefund(tx, refund);
  await enqueue(tx, ctx, {
    kind: 'tell',
    workflowType: PAYMENT_WORKFLOW,
    workflowId: paymentWorkflowId(payment.id),
    input: { paymentId: payment.id },
    objectId: payment.id,
    summary: `refund of bill ${payment.billId}`,
  });
  return { refund, command };
}

function restOf(payment: Payment, refunds: readonly Refund[]): Sen {
  return refundableSen(
    payment.amountSen,
    refunds.filter(({ paymentId }) => paymentId === payment.id),
  );
}

async function readAgain(ctx: Ctx, { billId, id }: Refund): Promise<Refund> {
  const refunds = await ctx.inTransaction((tx) => listRefunds(tx, ctx.profileId, { billId }));
  return refunds.find((refund) => refund.id === id) ?? refuse('not_found', { refundId: id });
}

/** What went back of a bill, in order. Refuses `not_found`. */
export async function listBillRefunds(ctx: Ctx, billId: string): Promise<Refund[]> {
  const scope = requirePermission(ctx, 'bill:view');
  return ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, billId, scope === 'all' ? {} : scope);
    return listRefunds(tx, ctx.profileId, { billId: bill.id });
  });
}
