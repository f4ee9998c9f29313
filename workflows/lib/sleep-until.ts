import { ApplicationFailure, condition } from '@temporalio/workflow';

/** Epoch milliseconds, an integer. */
export type Epoch = number;

const TWENTY_YEARS_MS = 20 * 366 * 24 * 60 * 60 * 1000;

/**
 * The one wait of every workflow: until `due`, or until `wake` says that something was written. Late timers, outages
 * and skipped time change nothing: `due` stays the business instant.
 * Source: temporal.md section 6.
 */
export async function sleepUntil(due: Epoch, wake = () => false, summary = 'wait'): Promise<'due' | 'woken'> {
  assertEpoch(due);
  for (;;) {
    if (wake()) return 'woken';
    const left = due - Date.now();
    if (left <= 0) return 'due';
    if (await condition(wake, Math.max(1, left), { summary })) return 'woken';
  }
}

function assertEpoch(due: Epoch): void {
  if (Number.isSafeInteger(due) && due > 0 && due - Date.now() <= TWENTY_YEARS_MS) return;
  throw ApplicationFailure.nonRetryable(`${due} is no instant within 20 years`, 'Misconfigured');
}
