import { type Sen, sen } from './money.ts';

/** What of a refund counts against its payment: all but what failed. */
export interface CountedRefund {
  readonly amountSen: Sen;
  readonly status: 'pending' | 'completed' | 'failed';
}

/**
 * What may still go back of a payment: refunds that are under way count as if they had happened. Throws RangeError when
 * more went back than came, which would be a bug. Source: billplz-api.md 3.1.
 */
export function refundableSen(paid: Sen, refunds: readonly CountedRefund[]): Sen {
  const counted = refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((sum, { amountSen }) => sum + amountSen, 0);
  if (counted > paid) throw new RangeError(`${counted} went back of ${paid}`);
  return sen(paid - counted);
}
