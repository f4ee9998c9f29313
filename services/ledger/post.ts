import type { Tx } from '#db/database.ts';
import { type Entry, insertPosting } from '#db/ledger.repository.ts';
import type { Ctx } from '../context.ts';

/** Accounts of the books of one profile. Source: architecture.md, "Ledger". */
export const account = {
  gatewayClearing: (gateway: string) => `gateway_clearing:${gateway}`,
  merchantBalance: 'merchant_balance',
  splitPayable: (merchantId: number) => `split_payable:${merchantId}`,
  excessPayable: 'excess_payable',
  fees: 'fees',
  bank: 'bank',
  /** What the merchant has paid in advance for text messages. */
  smsCredit: 'sms_credit',
} as const;

export interface PostingOf {
  readonly kind: string;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly currency: string;
  readonly debit: readonly Side[];
  readonly credit: readonly Side[];
}

interface Side {
  readonly account: string;
  readonly amountMinor: number;
}

/**
 * Appends one balanced posting; sides of zero are left out. Throws when debits and credits differ: a bug, and nothing
 * of the transaction stays. One source is posted once per kind.
 */
export async function post(tx: Tx, ctx: Ctx, posting: PostingOf): Promise<void> {
  const total = (sides: readonly Side[]) => sides.reduce((sum, side) => sum + side.amountMinor, 0);
  const debits = total(posting.debit);
  if (debits !== total(posting.credit) || debits <= 0) {
    throw new RangeError(`${posting.kind} ${posting.sourceId} does not balance`);
  }
  const entries: Entry[] = [
    ...posting.debit,
    ...posting.credit.map((side) => ({ ...side, amountMinor: -side.amountMinor })),
  ].filter((entry) => entry.amountMinor !== 0);
  await insertPosting(tx, {
    profileId: ctx.profileId,
    kind: posting.kind,
    sourceType: posting.sourceType,
    sourceId: posting.sourceId,
    currency: posting.currency,
    requestId: ctx.requestId,
    atMs: ctx.now(),
    entries,
  });
}
