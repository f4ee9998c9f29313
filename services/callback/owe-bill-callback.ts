import { randomInt } from 'node:crypto';
import type { Bill } from '#db/bill.repository.ts';
import { insertCallback } from '#db/callback.repository.ts';
import type { Tx } from '#db/database.ts';
import type { Payment } from '#db/payment.repository.ts';
import { shownState } from '#domain/bill.ts';
import { freezeSchedule, isScheduleName } from '#domain/callback-schedule.ts';
import { isHttpUrl } from '#domain/callback-url.ts';
import { CALLBACK_WORKFLOW, callbackWorkflowId } from '#workflows/callback/contract.ts';
import { raiseAlert } from '../alert/raise.ts';
import { callbackFields } from '../bill/payment-fields.ts';
import { standingOf } from '../bill/standing.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { openXSignatureKey } from '../profile/secrets.ts';
import { randomId } from '../random-id.ts';
import { signX } from '../signing/x-signature.ts';

/**
 * Writes the callback that a finished payment owes, with body, signature and schedule frozen, in the transaction that
 * finishes it. A bill without callback_url owes none; an address that can never be called is dropped at once.
 * Source: billplz-api.md 3.4, 4; decisions.md, "Callback schedule".
 */
export async function oweBillCallback(tx: Tx, ctx: Ctx, bill: Bill, payment: Payment): Promise<void> {
  if (bill.callbackUrl === null) return;
  const callable = isHttpUrl(bill.callbackUrl);
  const id = randomId.callback();
  const name = ctx.profile.callbackSchedule;
  if (!isScheduleName(name)) throw new RangeError(`profile ${ctx.profileId} has no schedule ${name}`);
  await insertCallback(tx, {
    id,
    profileId: ctx.profileId,
    objectType: 'bill',
    objectId: bill.id,
    eventId: `${payment.id}:${payment.status}`,
    url: bill.callbackUrl,
    body: await frozenBody(tx, ctx, bill, payment),
    schedule: freezeSchedule(name, (maxMs) => randomInt(maxMs + 1)),
    status: callable ? 'pending' : 'dropped',
    reason: callable ? null : 'the address is no absolute http or https URL',
    createdAtMs: ctx.now(),
  });
  if (!callable) {
    await raiseAlert(tx, ctx.profileId, 'callback_dropped', `callback:${id}`, 'not an http or https URL');
    return;
  }
  await enqueue(tx, ctx, {
    kind: 'start',
    workflowType: CALLBACK_WORKFLOW,
    workflowId: callbackWorkflowId(id),
    input: { callbackId: id },
    objectId: id,
    summary: `callback of bill ${bill.id}`,
  });
}

async function frozenBody(tx: Tx, ctx: Ctx, bill: Bill, payment: Payment): Promise<string> {
  const shown = shownState(standingOf(bill, ctx.profile, ctx.now()));
  const fields = callbackFields(bill, shown, payment, ctx);
  if (ctx.profile.xSignatureCallback) {
    fields.push(['x_signature', signX(Object.fromEntries(fields), await openXSignatureKey(tx, ctx))]);
  }
  return new URLSearchParams(fields).toString();
}
