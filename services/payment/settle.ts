import { loadPayment, type Payment } from '#db/payment.repository.ts';
import type { Gateways, GatewayResult } from '#gateways/port.ts';
import { at, type Ctx } from '../context.ts';
import { requirePayer } from '../permission.ts';
import { clockOf } from '../time-travel/object-clock.ts';
import { recordOutcome } from './record-outcome.ts';

/**
 * Asks the gateway and books its word: what a notice, the payer's return and the workflow's timer all lead to.
 * A call that fails is an unknown outcome, asked again later. `dueMs`: the workflow's instant; without it the payment's
 * own clock holds. Refuses `not_found`.
 */
export async function settlePayment(
  ctx: Ctx,
  gateways: Gateways,
  paymentId: string,
  dueMs?: number,
): Promise<Payment> {
  requirePayer(ctx);
  const { payment, nowMs } = await readWithClock(ctx, paymentId, dueMs);
  if (payment.status === 'completed') return payment;
  const { profileId, merchantTransactionId } = payment;
  let result: GatewayResult;
  try {
    result = await gateways(payment.gateway).getStatus({ profileId, merchantTransactionId, nowMs });
  } catch {
    result = { kind: 'unknown_outcome' };
  }
  return recordOutcome(at(ctx, nowMs), paymentId, result);
}

async function readWithClock(ctx: Ctx, paymentId: string, dueMs: number | undefined) {
  return ctx.inTransaction(async (tx) => ({
    payment: await loadPayment(tx, ctx.profileId, paymentId),
    nowMs: dueMs ?? (await clockOf(tx, ctx, `payment:${paymentId}`)),
  }));
}
