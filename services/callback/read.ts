import { loadBill } from '#db/bill.repository.ts';
import {
  type Attempt,
  type Callback,
  type CallbackFilter,
  listAttempts,
  listCallbacks as list,
  loadCallback,
} from '#db/callback.repository.ts';
import type { PlannedAttempt } from '#domain/callback-schedule.ts';
import { refuse } from '#domain/refusal.ts';
import { callbackWorkflowId } from '#workflows/callback/contract.ts';
import type { Ctx } from '../context.ts';
import type { WorkflowReader } from '../outbox/port.ts';
import { requirePermission } from '../permission.ts';

export type { Attempt, Callback };

/** One page of callbacks, newest first. A restricted user asks for the callbacks of one own bill. */
export async function listCallbacks(
  ctx: Ctx,
  filter: CallbackFilter,
): Promise<(Callback & { seq: number })[]> {
  const scope = requirePermission(ctx, 'callback:view');
  return ctx.inTransaction(async (tx) => {
    if (scope !== 'all') {
      if (filter.objectType !== 'bill' || filter.objectId === undefined) return refuse('forbidden');
      await loadBill(tx, ctx.profileId, filter.objectId, scope);
    }
    return list(tx, ctx.profileId, filter);
  });
}

export interface CallbackDetails {
  readonly callback: Callback;
  readonly attempts: readonly Attempt[];
  /** The running workflow's live view; null when none runs or Temporal is away. */
  readonly plan: readonly PlannedAttempt[] | null;
}

/** A callback with every attempt made and, from its workflow, those to come. Refuses `not_found`. */
export async function showCallback(
  ctx: Ctx,
  workflows: WorkflowReader,
  id: string,
): Promise<CallbackDetails> {
  const scope = requirePermission(ctx, 'callback:view');
  const { callback, attempts } = await ctx.inTransaction(async (tx) => {
    const found = await loadCallback(tx, ctx.profileId, id);
    if (scope !== 'all') await loadBill(tx, ctx.profileId, found.objectId, scope);
    return { callback: found, attempts: await listAttempts(tx, ctx.profileId, id) };
  });
  const plan = await workflows.query<PlannedAttempt[]>(ctx.profile.mode, callbackWorkflowId(id), 'plan');
  return { callback, attempts, plan };
}
