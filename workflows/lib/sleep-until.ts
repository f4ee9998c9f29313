import { ApplicationFailure, condition, upsertSearchAttributes } from '@temporalio/workflow';

/** Epoch milliseconds, an integer. */
export type Epoch = number;

/** Shorter waits are over before an operator has looked. Source: temporal.md section 13. */
const SHOWN_WAIT_MS = 60 * 60 * 1000;
const TWENTY_YEARS_MS = 20 * 366 * 24 * 60 * 60 * 1000;

/**
 * The one wait of every workflow: until `due`, or until `wake` says that something was written. Late timers, outages
 * and skipped time change nothing: `due` stays the business instant.
 * Source: temporal.md section 6.
 */
export async function sleepUntil(due: Epoch, wake = () => false, summary = 'wait'): Promise<'due' | 'woken'> {
  assertEpoch(due);
  if (due - Date.now() > SHOWN_WAIT_MS && !wake()) upsertSearchAttributes({ KekalNextDue: [new Date(due)] });
  for (;;) {
    if (wake()) return 'woken';
    const left = due - Date.now();
    if (left <= 0) return 'due';
    if (await condition(wake, Math.max(1, left), { summary })) return 'woken';
  }
}

/**
 * `sleepUntil` for an instant that may move: it is read again when the timer fires, because a holiday gazetted
 * meanwhile moves it later, never earlier. Gives the instant that held.
 * Source: decisions.md, "Working days and payouts".
 */
export async function sleepUntilSettled(
  readDue: () => Promise<Epoch>,
  wake = () => false,
  summary = 'wait',
): Promise<Epoch | 'woken'> {
  for (let due = await readDue(); ; ) {
    if ((await sleepUntil(due, wake, summary)) === 'woken') return 'woken';
    const again = await readDue();
    if (again <= due) return due;
    due = again;
  }
}

function assertEpoch(due: Epoch): void {
  if (Number.isSafeInteger(due) && due > 0 && due - Date.now() <= TWENTY_YEARS_MS) return;
  throw ApplicationFailure.nonRetryable(`${due} is no instant within 20 years`, 'Misconfigured');
}
