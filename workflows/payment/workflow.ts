import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { PaymentActivities } from '#activities/payment.ts';
import { UNKNOWN_SETTLES_AFTER_MS } from '#domain/payment.ts';
import { activitiesOn } from '../lib/activities-on.ts';
import { changed } from '../lib/contract.ts';
import { sleepUntil } from '../lib/sleep-until.ts';
import type { PaymentInput, PaymentStatus, PaymentView } from './contract.ts';

/**
 * Asks the gateway about a payment until it is final: no lost notice leaves a paid bill unpaid. Afterwards it is woken
 * for refunds, and carries them out one by one.
 * Source: decisions.md, "Durability".
 */
export async function payment(input: PaymentInput): Promise<PaymentStatus> {
  const act = activitiesOn<PaymentActivities>('kekal', input);
  const gateway = activitiesOn<PaymentActivities>('gateways', input, { summary: 'ask the gateway' });
  let dirty = false;
  const woken = () => dirty;
  setHandler(changed, () => {
    dirty = true;
  });

  for (;;) {
    dirty = false; // before the look: what is written after it wakes us
    const seen = await act.loadPayment(input);
    upsertSearchAttributes({ KekalStatus: [seen.status], KekalNeedsAttention: [needsAttention(seen)] });
    setCurrentDetails(seen.status);
    if (seen.refund) {
      const { id, dueAtMs } = seen.refund;
      const due = dueAtMs ?? Date.now();
      if ((await sleepUntil(due, woken, 'the gateway is asked about a refund')) === 'due') {
        await gateway.refund(input, id, due);
      }
      continue;
    }
    if (seen.checkAgainAtMs === null) {
      if (woken()) continue;
      return seen.status;
    }
    if ((await sleepUntil(seen.checkAgainAtMs, woken, 'the gateway is asked again')) === 'due') {
      await gateway.askGateway(input, seen.checkAgainAtMs);
    }
  }
}

/** A person has been called by then. */
function needsAttention({ status, unknownSinceMs }: PaymentView): boolean {
  return (
    status === 'pending' && unknownSinceMs !== null && Date.now() - unknownSinceMs >= UNKNOWN_SETTLES_AFTER_MS
  );
}
