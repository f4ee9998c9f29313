import type { Payment } from '#db/payment.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Gateways } from '#gateways/port.ts';
import type { Ctx } from '../context.ts';
import { settlePayment } from '../payment/settle.ts';
import { findPayment } from '../payment/start.ts';
import { wayOn } from '../payment/way-on.ts';
import { requirePayer } from '../permission.ts';

export interface Returned {
  readonly payment: Payment;
  /** The merchant's address with its signed parameters; null: our own receipt or failure page. */
  readonly wayOn: string | null;
}

const PAYMENT_ID = /^[\w-]{1,64}$/;

/**
 * The payer's browser is back from the bank. Its coming proves nothing: the gateway is asked, and its word is booked.
 * Before or after the notice, once or often, the end is the same. Refuses `not_found`.
 */
export async function takeReturn(
  ctx: Ctx,
  gateways: Gateways,
  { billId, paymentId }: { billId: string; paymentId: string },
): Promise<Returned> {
  requirePayer(ctx);
  if (!PAYMENT_ID.test(paymentId)) refuse('not_found', { billId });
  const known = await findPayment(ctx, paymentId);
  if (known.billId !== billId) refuse('not_found', { billId, paymentId });
  const payment = await settlePayment(ctx, gateways, paymentId);
  return { payment, wayOn: await wayOn(ctx, payment) };
}
