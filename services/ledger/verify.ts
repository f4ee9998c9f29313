import {
  type Balance,
  balances,
  unbalancedPostings,
  unbookedPayments,
  unbookedRefunds,
} from '#db/ledger.repository.ts';
import { raiseAlert } from '../alert/raise.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export interface LedgerReport {
  readonly balances: readonly Balance[];
  /** One sentence each; empty when the books are right. */
  readonly findings: readonly string[];
}

/** Recomputes the books from their entries and compares them with the payments; each finding raises an alert. */
export async function verifyLedger(ctx: SystemCtx): Promise<LedgerReport> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const findings = [
      ...(await unbalancedPostings(tx)).map((p) => `posting ${p.postingId} is off by ${p.off} ${p.currency}`),
      ...(await unbookedPayments(tx)).map((id) => `payment ${id} is completed but not booked in full`),
      ...(await unbookedRefunds(tx)).map((id) => `refund ${id} is completed but not booked in full`),
    ];
    for (const finding of findings) await raiseAlert(tx, null, 'ledger_imbalance', 'ledger', finding);
    return { balances: await balances(tx), findings };
  });
}
