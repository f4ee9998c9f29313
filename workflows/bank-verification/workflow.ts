import { condition, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { BankVerificationActivities } from '#activities/bank-verification.ts';
import { activitiesOn } from '../lib/activities-on.ts';
import { changed } from '../lib/contract.ts';
import { sleepUntilSettled } from '../lib/sleep-until.ts';
import { type BankVerificationInput, type BankVerificationStatus, state } from './contract.ts';

/**
 * A registered account is decided at 09:00 on the third working day; a holiday gazetted meanwhile moves that later.
 * In live mode a person decides, and the workflow waits for as long as that takes.
 * Source: seed 004, "MPI Flow"; decisions.md, "Working days and payouts".
 */
export async function bankVerification(input: BankVerificationInput): Promise<BankVerificationStatus> {
  const act = activitiesOn<BankVerificationActivities>('kekal', input);
  let now: BankVerificationStatus = 'pending';
  let dirty = false;
  const woken = () => dirty;
  setHandler(changed, () => {
    dirty = true;
  });
  setHandler(state, () => now);

  for (;;) {
    dirty = false; // before the look: what is written after it wakes us
    const seen = await act.loadBankVerification(input);
    now = seen.status;
    upsertSearchAttributes({ KekalStatus: [now], KekalNeedsAttention: [seen.overdue] });
    setCurrentDetails(now);
    if (now !== 'pending') {
      if (woken()) continue;
      return now;
    }
    if (seen.overdue) {
      await condition(woken);
      continue;
    }
    const due = await sleepUntilSettled(() => act.verificationDueAtMs(input), woken, 'the third working day');
    if (due !== 'woken') await act.decideWhenDue(input, due);
  }
}
