import { Context } from '@temporalio/activity';
import type { OutgoingHttp } from '#outgoing/port.ts';
import { attemptCallback, dropCallback } from '#services/callback/attempt.ts';
import { readRank } from '#services/callback/rank.ts';
import { reviewCallback } from '#services/callback/review.ts';
import type { AttemptOrder, AttemptStart, CallbackInput } from '#workflows/callback/contract.ts';
import type { ActivityContexts } from './contexts.ts';

export interface CallbackDeps extends ActivityContexts {
  readonly http: OutgoingHttp;
  /** Limit of one HTTP exchange, ms. */
  readonly exchangeMs: number;
}

export type CallbackActivities = ReturnType<typeof createCallbackActivities>;

export function createCallbackActivities({ profileCtx, http, exchangeMs }: CallbackDeps) {
  return {
    review: async (i: CallbackInput, last: AttemptStart | null) =>
      reviewCallback(await profileCtx(i.profileId), i.callbackId, last),
    readRank: async (i: CallbackInput) => readRank(await profileCtx(i.profileId)),
    drop: async (i: CallbackInput) => dropCallback(await profileCtx(i.profileId), i.callbackId),
    post: async (i: CallbackInput, order: AttemptOrder) => {
      const { cancellationSignal: signal, info } = Context.current();
      // Schedules run by the workflow's clock, which may be ahead; what a worker that died held up is no part of it.
      const nowMs = Math.max(Date.now(), info.currentAttemptScheduledTimestampMs);
      const ctx = await profileCtx(i.profileId, nowMs);
      return attemptCallback(ctx, { http, exchangeMs, signal }, i.callbackId, order);
    },
  };
}
