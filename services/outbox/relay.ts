import { claimOutbox, deleteRelayed, markFailed, markRelayed } from '#db/durability.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import type { WorkflowStarter } from './port.ts';

const BATCH = 32;
const RETRY_MAX_MS = 30_000;
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Hands one batch of outbox messages to Temporal and gives how many were handled. The rows stay locked meanwhile: a
 * crash anywhere leaves them waiting, and the workflow ids make the second delivery harmless.
 */
export async function relayOnce(
  ctx: SystemCtx,
  starter: WorkflowStarter,
): Promise<{ done: number; failed: number }> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const messages = await claimOutbox(tx, BATCH);
    const results = await Promise.allSettled(messages.map((message) => starter.deliver(message)));
    const done: number[] = [];
    let failed = 0;
    for (const [index, message] of messages.entries()) {
      const result = results[index] as PromiseSettledResult<void>;
      if (result.status === 'fulfilled') {
        done.push(...message.ids);
        continue;
      }
      failed += 1;
      const retryInMs = Math.min(RETRY_MAX_MS, 250 * 2 ** Math.min(message.attempts, 10));
      await markFailed(tx, message.ids, String(result.reason), retryInMs);
    }
    if (done.length > 0) await markRelayed(tx, done);
    return { done: done.length, failed };
  });
}

/** Forgets what was relayed long ago. */
export async function trimOutbox(ctx: SystemCtx): Promise<void> {
  requireSystem(ctx);
  await ctx.inTransaction((tx) => deleteRelayed(tx, new Date(ctx.now() - KEEP_MS)));
}
