import {
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CallbackActivities } from '#activities/callback.ts';
import { businessStart, nextAttempt, planOf } from '#domain/callback-schedule.ts';
import { activitiesOn } from '../lib/activities-on.ts';
import { changed } from '../lib/contract.ts';
import { sleepUntil } from '../lib/sleep-until.ts';
import {
  type AttemptOrder,
  type AttemptStart,
  type CallbackInput,
  type CallbackOutcome,
  type CallbackView,
  plan,
} from './contract.ts';

/**
 * One message to one URL: attempts on the frozen schedule until one is answered as the schedule asks, or none is left.
 * Source: seed 004, "Billplz will attempt for maximum of 5 times"; decisions.md, "Callback schedule".
 */
export async function callback(input: CallbackInput): Promise<CallbackOutcome> {
  const act = activitiesOn<CallbackActivities>('kekal', input);
  const { readRank } = proxyLocalActivities<CallbackActivities>({ startToCloseTimeout: 5000 });
  let seen: CallbackView | undefined;
  let last: AttemptStart | null = null;
  let dirty = false;
  const woken = () => dirty;
  setHandler(changed, () => {
    dirty = true;
  });
  setHandler(plan, () => (seen ? planOf(seen) : []));

  for (;;) {
    dirty = false; // before the look: what is written after it wakes us
    seen = await act.review(input, last);
    last = null;
    upsertSearchAttributes({
      KekalStatus: [seen.status],
      KekalAttempts: [seen.made],
      KekalNeedsAttention: [seen.status === 'dropped'],
    });
    setCurrentDetails(`${seen.status} after ${seen.made} attempts`);

    const [commandId] = seen.redeliver;
    if (commandId !== undefined) {
      last = await attempt({ step: `m${commandId}`, number: seen.made + 1, commandId, dueMs: Date.now() });
      continue;
    }
    if (seen.status !== 'pending') {
      if (woken()) continue;
      return seen.status;
    }
    const next = nextAttempt(seen.schedule, seen.firstDueMs, seen.starts, seen.retryAfterMs);
    if (!next) {
      await act.drop(input);
      continue;
    }
    if ((await sleepUntil(next.dueMs, woken, `attempt ${next.number} is due`)) === 'woken') continue;
    const { number, dueMs } = next;
    last = await attempt({ step: `s${number}`, number: seen.made + 1, commandId: null, dueMs });
  }

  /** One POST. A bad rank waits behind better ones when there is a queue. */
  async function attempt(order: AttemptOrder): Promise<AttemptStart> {
    const rank = await readRank(input);
    const { post } = activitiesOn<CallbackActivities>('callbacks', input, {
      summary:
        order.commandId === null ? `attempt ${order.step.slice(1)} of the schedule` : 'redelivery by hand',
      priority: { priorityKey: 1 + Math.min(10, Math.floor(rank)), fairnessKey: String(input.profileId) },
    });
    const { startMs } = await post(input, order);
    return {
      step: order.step,
      startMs: businessStart({ dueMs: order.dueMs, observedMs: startMs }),
    };
  }
}
