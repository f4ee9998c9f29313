import { z } from 'zod';
import { loadCallback } from '#db/callback.repository.ts';
import { type Command, findCommandByKey, insertCommand, openCommands } from '#db/command.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { CALLBACK_WORKFLOW, callbackWorkflowId } from '#workflows/callback/contract.ts';
import { recordAudit } from '../audit/record.ts';
import { awaitOutcome, type Waiting } from '../command/await-outcome.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { requirePermission } from '../permission.ts';
import { clockOf } from '../time-travel/object-clock.ts';

const Input = z.strictObject({
  callbackId: z.string().max(64),
  verb: z.enum(['redeliver', 'cancel']),
  idempotencyKey: z.string().min(1).max(255).nullable().default(null),
});

const OPEN_MAX = 10;

/**
 * `redeliver`: one more attempt at once, outside the schedule, whatever the status. `cancel`: no further attempt.
 * The row is the command; the workflow carries it out, and this waits up to 15 s for the outcome (null: still open).
 * The same idempotency key again gives the same row, whatever has become of it.
 * Refuses `callback_settled` (cancel of what is not pending), `too_many_commands`, `not_found`.
 * Source: decisions.md, "Callback schedule" and "Durability".
 */
export async function commandCallback(
  ctx: Ctx,
  waiting: Waiting,
  raw: z.input<typeof Input>,
): Promise<Command> {
  requirePermission(ctx, 'callback:redeliver');
  const { callbackId, verb, idempotencyKey } = Input.parse(raw);
  const command = await ctx.inTransaction(async (tx) => {
    const callback = await loadCallback(tx, ctx.profileId, callbackId, { lock: true });
    const object = { profileId: ctx.profileId, objectType: 'callback', objectId: callbackId };
    const first = idempotencyKey && (await findCommandByKey(tx, { ...object, verb, idempotencyKey }));
    if (first) return first;
    if (verb === 'cancel' && callback.status !== 'pending')
      refuse('callback_settled', { status: callback.status });
    if ((await openCommands(tx, object)).length >= OPEN_MAX) refuse('too_many_commands', { callbackId });
    const written = await insertCommand(tx, {
      ...object,
      verb,
      actor: ctx.actor,
      requestId: ctx.requestId,
      idempotencyKey,
      atMs: await clockOf(tx, ctx, `callback:${callbackId}`),
    });
    await recordAudit(tx, ctx, { action: `callback.${verb}`, objectType: 'callback', objectId: callbackId });
    await enqueue(tx, ctx, {
      kind: 'tell',
      workflowType: CALLBACK_WORKFLOW,
      workflowId: callbackWorkflowId(callbackId),
      input: { callbackId },
      objectId: callbackId,
      summary: `callback of ${callback.objectType} ${callback.objectId}`,
    });
    return written;
  });
  return awaitOutcome(ctx, command, waiting);
}
