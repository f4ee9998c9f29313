import { percentFloor, type Sen, sen } from './money.ts';

/** One recipient's share: sen, whole percent 1 to 100, or both together. */
export interface SplitRecipient {
  readonly fixedCut: Sen | null;
  readonly variableCut: number | null;
}

export interface SplitPayment {
  /** In the order of the recipients. */
  readonly cuts: Sen[];
  /** What stays with the collection's owner; `cuts` and `owner` sum to what was paid. */
  readonly owner: Sen;
}

/**
 * Splits what was paid among the recipients, given in stack order: each gets its fixed cut plus its percentage of the
 * whole, rounded down, but never more than those before it have left.
 * Source: billplz-api.md 3.7, "Money".
 */
export function splitPayment(paid: Sen, recipients: readonly SplitRecipient[]): SplitPayment {
  let left: number = paid;
  const cuts = recipients.map(({ fixedCut, variableCut }) => {
    const wanted = (fixedCut ?? 0) + percentFloor(paid, variableCut ?? 0);
    const cut = sen(Math.min(wanted, left));
    left -= cut;
    return cut;
  });
  return { cuts, owner: sen(left) };
}
