import type { Tx } from '#db/database.ts';
import type { Payment } from '#db/payment.repository.ts';
import { type Refund, saveRefund } from '#db/refund.repository.ts';
import { type Ctx, at } from '../context.ts';
import { account, post } from '../ledger/post.ts';

/**
 * The money has gone back: books it. The owner bears it, whatever was split; an excess payment was owed back anyway.
 * Through the gateway it leaves what the gateway owes us, by hand it leaves the merchant's bank.
 * Source: billplz-api.md 3.1, 3.7.
 */
export async function completeRefund(
  tx: Tx,
  ctx: Ctx,
  payment: Payment,
  refund: Refund,
  atMs: number,
): Promise<Refund> {
  const after: Refund = {
    ...refund,
    status: 'completed',
    failure: null,
    unknownSinceMs: null,
    checkAgainAtMs: null,
    completedAtMs: atMs,
  };
  await saveRefund(tx, after);
  const amountMinor = refund.amountSen;
  await post(tx, at(ctx, atMs), {
    kind: payment.excess ? 'excess_refunded' : 'payment_refunded',
    sourceType: 'refund',
    sourceId: refund.id,
    currency: payment.currency,
    debit: [{ account: payment.excess ? account.excessPayable : account.merchantBalance, amountMinor }],
    credit: [
      { account: refund.byHand ? account.bank : account.gatewayClearing(payment.gateway), amountMinor },
    ],
  });
  return after;
}
