import type { Tx } from '#db/database.ts';
import { loadProfile } from '#db/profile.repository.ts';
import {
  deleteOldIdempotencyKeys,
  type Forgotten,
  overdueCallbacks,
  overdueMails,
  overduePayments,
  waitingCommands,
} from '#db/sweep.repository.ts';
import { CALLBACK_WORKFLOW, callbackWorkflowId } from '#workflows/callback/contract.ts';
import { PAYMENT_WORKFLOW, paymentWorkflowId } from '#workflows/payment/contract.ts';
import type { SystemCtx } from '../context.ts';
import { wakeMail } from '../mail/wake-mail.ts';
import { requireSystem } from '../permission.ts';
import { enqueue, type Message } from './enqueue.ts';
import { trimOutbox } from './relay.ts';

const BATCH = 100;

/**
 * Finds promises that nobody keeps (a restored backup, a lost namespace) and tells their workflows again, through the
 * outbox; telling one that is awake is harmless. Gives how many it told. Source: temporal.md section 4, "Sweeper".
 */
export async function sweep(ctx: SystemCtx): Promise<number> {
  requireSystem(ctx);
  const told = await ctx.inTransaction(async (tx) => {
    const callbacks = (await overdueCallbacks(tx, BATCH)).map((found) => tellCallback(found));
    const payments = (await overduePayments(tx, BATCH)).map((found) => tellPayment(found));
    const waiting = await waitingCommands(tx, BATCH);
    const refunds = waiting
      .filter(({ objectType }) => objectType === 'payment')
      .map((found) => tellPayment(found));
    const commands = waiting
      .filter(({ objectType }) => objectType === 'callback')
      .map((found) => tellCallback(found));
    const messages = [...callbacks, ...payments, ...refunds, ...commands];
    for (const { profileId, message } of messages) await tell(tx, ctx, profileId, message);
    const mails = await overdueMails(tx, BATCH);
    for (const found of mails) await wakeMail(tx, found, ctx.requestId);
    await deleteOldIdempotencyKeys(tx);
    return messages.length + mails.length;
  });
  await trimOutbox(ctx);
  return told;
}

async function tell(tx: Tx, ctx: SystemCtx, profileId: number, message: Message): Promise<void> {
  await enqueue(tx, ctx.forProfile(await loadProfile(tx, profileId)), message);
}

function tellCallback({ profileId, id }: Forgotten) {
  const message: Message = {
    kind: 'tell',
    workflowType: CALLBACK_WORKFLOW,
    workflowId: callbackWorkflowId(id),
    input: { callbackId: id },
    objectId: id,
    summary: 'callback found by the sweeper',
  };
  return { profileId, message };
}

function tellPayment({ profileId, id }: Forgotten) {
  const message: Message = {
    kind: 'tell',
    workflowType: PAYMENT_WORKFLOW,
    workflowId: paymentWorkflowId(id),
    input: { paymentId: id },
    objectId: id,
    summary: 'payment found by the sweeper',
  };
  return { profileId, message };
}
