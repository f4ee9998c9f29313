import {
  type Callback,
  listAttempts,
  loadCallback,
  noteBusinessStart,
  settleCallback,
} from '#db/callback.repository.ts';
import { type Command, openCommands, settleCommand } from '#db/command.repository.ts';
import type { Tx } from '#db/database.ts';
import type { AttemptStart, CallbackView } from '#workflows/callback/contract.ts';
import type { Ctx } from '../context.ts';
import { requireSystem } from '../permission.ts';

/**
 * The workflow's look at the rows: stores when the last attempt began in its time, carries out `cancel`, and says which
 * redeliveries wait. Doing it again changes nothing. Source: temporal.md section 3, "The loop".
 */
export async function reviewCallback(
  ctx: Ctx,
  callbackId: string,
  last: AttemptStart | null,
): Promise<CallbackView> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const callback = await loadCallback(tx, ctx.profileId, callbackId, { lock: true });
    if (last) await noteBusinessStart(tx, callbackId, last.step, last.startMs);
    const attempts = await listAttempts(tx, ctx.profileId, callbackId);
    const commands = await openCommands(tx, {
      profileId: ctx.profileId,
      objectType: 'callback',
      objectId: callbackId,
    });
    const status = await takeCancel(tx, callback, commands);
    const scheduled = attempts.filter((attempt) => attempt.commandId === null && attempt.outcome !== null);
    return {
      status,
      schedule: callback.schedule,
      firstDueMs: callback.firstDueAtMs,
      starts: scheduled.map((attempt) => attempt.businessStartAtMs ?? attempt.startedAtMs),
      retryAfterMs: scheduled.at(-1)?.retryAfterMs ?? 0,
      made: attempts.filter((attempt) => attempt.outcome !== null).length,
      redeliver: commands.filter((command) => command.verb === 'redeliver').map((command) => command.id),
    };
  });
}

async function takeCancel(
  tx: Tx,
  callback: Callback,
  commands: readonly Command[],
): Promise<Callback['status']> {
  let { status } = callback;
  for (const command of commands.filter(({ verb }) => verb === 'cancel')) {
    const done = await settleCallback(tx, callback.id, {
      status: 'cancelled',
      reason: 'by hand',
      from: ['pending'],
    });
    if (done) status = 'cancelled';
    await settleCommand(tx, command.id, done ? { done: true } : { refused: 'callback_settled' });
  }
  return status;
}
