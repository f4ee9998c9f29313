import {
  type Attempt,
  type AttemptOutcome,
  beginAttempt,
  type Callback,
  endAttempt,
  loadCallback,
  settleCallback,
  worsenRank,
} from '#db/callback.repository.ts';
import { settleCommand } from '#db/command.repository.ts';
import { judgeStatus } from '#domain/callback-schedule.ts';
import type { OutgoingHttp, OutgoingResult } from '#outgoing/port.ts';
import type { AttemptOrder, AttemptResult } from '#workflows/callback/contract.ts';
import { raiseAlert } from '../alert/raise.ts';
import type { Ctx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { openWebhookSecret } from '../profile/secrets.ts';
import { signStandardWebhook } from '../signing/standard-webhooks.ts';

export interface AttemptMeans {
  readonly http: OutgoingHttp;
  /** Limit of the whole exchange, ms. */
  readonly exchangeMs: number;
  readonly signal?: AbortSignal;
}

/**
 * One attempt: the intent, the POST, the outcome. An outcome that is stored already is given back and nothing is sent;
 * an intent without outcome is sent again under the same `webhook-id` and marked as a crash duplicate, because nobody
 * can know whether the first one arrived. `ctx` is at the instant of the workflow. Source: temporal.md section 7, "Intent before, outcome after".
 */
export async function attemptCallback(
  ctx: Ctx,
  { http, exchangeMs, signal }: AttemptMeans,
  callbackId: string,
  order: AttemptOrder,
): Promise<AttemptResult> {
  requireSystem(ctx);
  const { callback, attempt, secret } = await ctx.inTransaction(async (tx) => ({
    callback: await loadCallback(tx, ctx.profileId, callbackId),
    secret: await openWebhookSecret(tx, ctx),
    attempt: await beginAttempt(tx, {
      callbackId,
      profileId: ctx.profileId,
      step: order.step,
      number: order.number,
      commandId: order.commandId,
      dueAtMs: order.dueMs,
    }),
  }));
  // An attempt that is made again began before now; how long before, the wall clock knows.
  const startMs = ctx.now() - Math.max(0, Date.now() - attempt.startedAtMs);
  if (attempt.outcome !== null) return { outcome: attempt.outcome, startMs };

  const answer = await http.send({
    method: 'POST',
    url: callback.url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Kekal-Callback/1',
      // The real instant of sending: a receiver's replay window is about that, virtual time is not.
      ...signStandardWebhook(
        { id: callback.id, timestampS: Math.floor(Date.now() / 1000), body: callback.body },
        secret,
      ),
    },
    body: callback.body,
    timeoutMs: exchangeMs,
    ...(signal ? { signal } : {}),
  });
  const outcome = outcomeOf(callback, answer);
  await storeOutcome(ctx, callback, attempt, order, outcome);
  return { outcome: outcome.outcome, startMs };
}

async function storeOutcome(
  ctx: Ctx,
  callback: Callback,
  attempt: Attempt,
  order: AttemptOrder,
  outcome: AttemptOutcome,
): Promise<void> {
  await ctx.inTransaction(async (tx) => {
    if (!(await endAttempt(tx, attempt.id, outcome))) return;
    if (order.commandId !== null) {
      await settleCommand(tx, order.commandId, { outcome: outcome.outcome, httpStatus: outcome.httpStatus });
    }
    if (outcome.outcome === 'delivered') {
      // A redelivery by hand that gets through settles a dropped or cancelled callback too.
      const from = ['pending', 'dropped', 'cancelled'] as const;
      await settleCallback(tx, callback.id, { status: 'delivered', reason: null, from });
      return;
    }
    await worsenRank(tx, ctx.profileId);
    if (outcome.outcome === 'refused') await dropIn(tx, ctx, callback.id, outcome.error ?? 'refused');
  });
}

/** No attempt is left: the promise ends unkept, and a person hears of it. A callback that is settled stays so. */
export async function dropCallback(ctx: Ctx, callbackId: string): Promise<void> {
  requireSystem(ctx);
  await ctx.inTransaction((tx) => dropIn(tx, ctx, callbackId, 'every attempt of the schedule failed'));
}

async function dropIn(
  tx: Parameters<Parameters<Ctx['inTransaction']>[0]>[0],
  ctx: Ctx,
  callbackId: string,
  reason: string,
): Promise<void> {
  const dropped = await settleCallback(tx, callbackId, { status: 'dropped', reason, from: ['pending'] });
  if (dropped) await raiseAlert(tx, ctx.profileId, 'callback_dropped', `callback:${callbackId}`, reason);
}

function outcomeOf(callback: Callback, answer: OutgoingResult): AttemptOutcome {
  const base = {
    httpStatus: null,
    error: null,
    answerHead: null,
    retryAfterMs: null,
    durationMs: answer.durationMs,
  };
  if (answer.kind === 'refused') return { ...base, outcome: 'refused', error: answer.reason };
  if (answer.kind === 'failed') {
    return { ...base, outcome: 'failed', error: [answer.reason, answer.detail].filter(Boolean).join(': ') };
  }
  const verdict = judgeStatus(callback.schedule, answer.status);
  return {
    ...base,
    outcome: verdict === 'success' ? 'delivered' : verdict === 'gone' ? 'refused' : 'failed',
    httpStatus: answer.status,
    error: verdict === 'gone' ? 'the receiver is gone (410)' : null,
    answerHead: answer.bodyHead,
    retryAfterMs: answer.retryAfterMs ?? null,
  };
}
