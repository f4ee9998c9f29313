import { sql, type Selectable } from 'kysely';
import type { FrozenSchedule } from '#domain/callback-schedule.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { CallbackAttemptsTable, CallbacksTable } from './tables/callbacks.ts';

/** One message that we owe to one URL, whatever number of attempts it takes; `id` is its `webhook-id`. */
export interface Callback {
  readonly id: string;
  readonly profileId: number;
  readonly objectType: string;
  readonly objectId: string;
  readonly eventId: string;
  readonly url: string;
  /** Frozen when the callback was made: every attempt sends these bytes. */
  readonly body: string;
  readonly schedule: FrozenSchedule;
  readonly status: 'pending' | 'delivered' | 'dropped' | 'cancelled';
  readonly reason: string | null;
  /** Real time: what an object moved through time creates starts in real time. */
  readonly firstDueAtMs: number;
  readonly createdAtMs: number;
}

export type NewCallback = Omit<Callback, 'firstDueAtMs'>;

export async function insertCallback(tx: Tx, callback: NewCallback): Promise<void> {
  await tx
    .insertInto('callbacks')
    .values({
      id: callback.id,
      profile_id: callback.profileId,
      object_type: callback.objectType,
      object_id: callback.objectId,
      event_id: callback.eventId,
      url: callback.url,
      body: callback.body,
      schedule: JSON.stringify(callback.schedule),
      status: callback.status,
      reason: callback.reason,
      created_at: new Date(callback.createdAtMs),
    })
    .execute();
}

/** Unknown or another profile's: `not_found`. */
export async function loadCallback(
  tx: Tx,
  profileId: number,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Callback> {
  const row = await tx
    .selectFrom('callbacks')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ? toCallback(row) : refuse('not_found', { callbackId: id });
}

export interface CallbackFilter {
  readonly status?: Callback['status'];
  readonly objectType?: string;
  readonly objectId?: string;
  readonly beforeSeq?: number;
  readonly limit: number;
}

/** One page, newest first. */
export async function listCallbacks(
  tx: Tx,
  profileId: number,
  filter: CallbackFilter,
): Promise<(Callback & { seq: number })[]> {
  const rows = await tx
    .selectFrom('callbacks')
    .selectAll()
    .where('profile_id', '=', profileId)
    .$if(filter.status !== undefined, (q) => q.where('status', '=', filter.status as 'pending'))
    .$if(filter.objectType !== undefined, (q) => q.where('object_type', '=', filter.objectType as string))
    .$if(filter.objectId !== undefined, (q) => q.where('object_id', '=', filter.objectId as string))
    .$if(filter.beforeSeq !== undefined, (q) => q.where('seq', '<', filter.beforeSeq as number))
    .orderBy('seq', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map((row) => ({ ...toCallback(row), seq: row.seq }));
}

/** Ends the promise; `pending` rows only unless a redelivery got through, so a late retry changes nothing. */
export async function settleCallback(
  tx: Tx,
  id: string,
  settled: {
    status: 'delivered' | 'dropped' | 'cancelled';
    reason: string | null;
    from: readonly Callback['status'][];
  },
): Promise<boolean> {
  const result = await tx
    .updateTable('callbacks')
    .set({ status: settled.status, reason: settled.reason, settled_at: new Date() })
    .where('id', '=', id)
    .where('status', 'in', settled.from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}

export type Attempt = ReturnType<typeof toAttempt>;

/** All attempts of a callback in the order in which they were made. */
export async function listAttempts(tx: Tx, profileId: number, callbackId: string): Promise<Attempt[]> {
  const rows = await tx
    .selectFrom('callback_attempts')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('callback_id', '=', callbackId)
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(toAttempt);
}

export interface AttemptIntent {
  readonly callbackId: string;
  readonly profileId: number;
  readonly step: string;
  readonly number: number;
  readonly commandId: number | null;
  readonly dueAtMs: number;
}

/** A crash and the retry after it take less; more is an outage. */
const RESENT_SOON = sql`interval '60 seconds'`;

/**
 * The intent, before anything is sent. Leans on the unique index (callback, step): when the row is there already, a
 * worker died between intent and outcome, or only its answer to Temporal was lost; the row says which. An attempt that
 * is sent again soon began when it was first sent, so a crash leaves the schedule alone; after an outage it begins
 * anew, so that the gaps to the next ones hold.
 */
export async function beginAttempt(tx: Tx, intent: AttemptIntent): Promise<Attempt> {
  const row = await tx
    .insertInto('callback_attempts')
    .values({
      callback_id: intent.callbackId,
      profile_id: intent.profileId,
      step: intent.step,
      number: intent.number,
      command_id: intent.commandId,
      due_at: new Date(intent.dueAtMs),
      started_at: new Date(),
    })
    .onConflict((conflict) =>
      conflict.columns(['callback_id', 'step']).doUpdateSet((eb) => ({
        sends: sql<number>`case when callback_attempts.outcome is null then callback_attempts.sends + 1
          else callback_attempts.sends end`,
        crash_duplicate: sql<boolean>`callback_attempts.crash_duplicate or callback_attempts.outcome is null`,
        started_at: sql<Date>`case when callback_attempts.outcome is null
          and ${eb.ref('excluded.started_at')} - callback_attempts.started_at > ${RESENT_SOON}
          then ${eb.ref('excluded.started_at')} else callback_attempts.started_at end`,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return toAttempt(row);
}

export interface AttemptOutcome {
  readonly outcome: 'delivered' | 'failed' | 'refused';
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly answerHead: string | null;
  readonly retryAfterMs: number | null;
}

/** False when the outcome was stored before: nothing is counted twice. */
export async function endAttempt(tx: Tx, attemptId: number, outcome: AttemptOutcome): Promise<boolean> {
  const result = await tx
    .updateTable('callback_attempts')
    .set({
      outcome: outcome.outcome,
      http_status: outcome.httpStatus,
      error: outcome.error,
      duration_ms: outcome.durationMs,
      answer_head: outcome.answerHead,
      retry_after_ms: outcome.retryAfterMs,
      settled_at: new Date(),
    })
    .where('id', '=', attemptId)
    .where('outcome', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}

/** When the attempt began in the workflow's own time: the schedule goes on from there. */
export async function noteBusinessStart(
  tx: Tx,
  callbackId: string,
  step: string,
  startMs: number,
): Promise<void> {
  await tx
    .updateTable('callback_attempts')
    .set({ business_start_at: new Date(startMs) })
    .where('callback_id', '=', callbackId)
    .where('step', '=', step)
    .where('business_start_at', 'is', null)
    .execute();
}

/** 0 (best) to 10 (worst). */
export async function readRank(tx: Tx, profileId: number): Promise<number> {
  const row = await tx
    .selectFrom('webhook_ranks')
    .select('rank')
    .where('profile_id', '=', profileId)
    .executeTakeFirst();
  return row?.rank ?? 0;
}

export async function worsenRank(tx: Tx, profileId: number): Promise<void> {
  await tx
    .insertInto('webhook_ranks')
    .values({ profile_id: profileId, rank: 1, reset_on: null })
    .onConflict((conflict) =>
      conflict.column('profile_id').doUpdateSet({ rank: sql<number>`least(10, webhook_ranks.rank + 1)` }),
    )
    .execute();
}

/** Back to 0 for every profile of a mode, once a day: a second run for the same `day` does nothing. */
export async function resetRanks(tx: Tx, mode: 'live' | 'sandbox', day: string): Promise<number> {
  const result = await tx
    .updateTable('webhook_ranks')
    .set({ rank: 0, reset_on: day })
    .where((eb) => eb.or([eb('reset_on', 'is', null), eb('reset_on', '<', day)]))
    .where('profile_id', 'in', (eb) => eb.selectFrom('profiles').select('id').where('mode', '=', mode))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

function toCallback(row: Selectable<CallbacksTable>): Callback {
  return {
    id: row.id,
    profileId: row.profile_id,
    objectType: row.object_type,
    objectId: row.object_id,
    eventId: row.event_id,
    url: row.url,
    body: row.body,
    schedule: row.schedule,
    status: row.status,
    reason: row.reason,
    firstDueAtMs: row.first_due_at.getTime(),
    createdAtMs: row.created_at.getTime(),
  };
}

function toAttempt(row: Selectable<CallbackAttemptsTable>) {
  return {
    id: row.id,
    step: row.step,
    number: row.number,
    commandId: row.command_id,
    dueAtMs: row.due_at.getTime(),
    startedAtMs: row.started_at.getTime(),
    businessStartAtMs: row.business_start_at?.getTime() ?? null,
    sends: row.sends,
    crashDuplicate: row.crash_duplicate,
    outcome: row.outcome,
    httpStatus: row.http_status,
    error: row.error,
    durationMs: row.duration_ms,
    answerHead: row.answer_head,
    retryAfterMs: row.retry_after_ms,
  };
}
