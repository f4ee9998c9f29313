import { z } from 'zod';
import { loadBankVerification, newestByAccount } from '#db/bank-verification.repository.ts';
import { loadCallback } from '#db/callback.repository.ts';
import { type Command, findCommandByKey, insertCommand, settleCommand } from '#db/command.repository.ts';
import type { Tx } from '#db/database.ts';
import { isOutboxWaiting } from '#db/durability.repository.ts';
import { raiseOffset } from '#db/object-clock.repository.ts';
import { loadPayment } from '#db/payment.repository.ts';
import { plainAccountNumber } from '#domain/account-number.ts';
import { afterDuration, instantMs } from '#domain/calendar/duration.ts';
import { isoIn } from '#domain/calendar/zone.ts';
import { refuse } from '#domain/refusal.ts';
import { bankVerificationWorkflowId } from '#workflows/bank-verification/contract.ts';
import { callbackWorkflowId } from '#workflows/callback/contract.ts';
import { paymentWorkflowId } from '#workflows/payment/contract.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import type { TimeMover } from '../outbox/port.ts';
import { requirePermission } from '../permission.ts';
import { clockOf } from './object-clock.ts';

export const MoveTimeInput = z.strictObject({
  /** `callback:<webhook-id>`, `payment:<transaction id>` or `bank_verification:<account number>`. */
  object: z.string(),
  /** ISO 8601 duration; null when `to` is given. */
  by: z.string().nullable(),
  /** ISO 8601 instant; null when `by` is given. */
  to: z.string().nullable(),
  idempotencyKey: z.string().min(1).max(255).nullable(),
});

type Wanted = z.output<typeof MoveTimeInput>;

export interface MovedTime {
  readonly object: string;
  /** Its virtual time, `2017-02-23T12:49:23.612+08:00` in the profile's zone. */
  readonly now: string;
  readonly isReplay: boolean;
}

/** What is moved: its clock, and the workflow that lives by it. */
interface Moved {
  readonly clock: string;
  readonly workflowId: string;
}

/** Holds the object until the transaction ends. Refuses `not_found`. */
type Find = (tx: Tx, profileId: number, id: string) => Promise<Moved>;

const MOVABLE: Readonly<Record<string, Find>> = {
  async callback(tx, profileId, id) {
    await loadCallback(tx, profileId, id, { lock: true });
    return { clock: `callback:${id}`, workflowId: callbackWorkflowId(id) };
  },
  async payment(tx, profileId, id) {
    await loadPayment(tx, profileId, id, { lock: true });
    return { clock: `payment:${id}`, workflowId: paymentWorkflowId(id) };
  },
  /** By account number: the newest registration of it. */
  async bank_verification(tx, profileId, accNo) {
    const [newest] = await newestByAccount(tx, profileId, [plainAccountNumber(accNo)]);
    if (!newest) return refuse('not_found', { object: 'bank_verification' });
    const { id } = await loadBankVerification(tx, profileId, newest.id, { lock: true });
    return { clock: `bank_verification:${id}`, workflowId: bankVerificationWorkflowId(id) };
  },
};

const OBJECT = /^(\w{1,32}):([\w-]{1,64})$/;
/** Two years at most in one move. Source: temporal.md section 12. */
const FURTHEST = 'P2Y';
const RELAY_PATIENCE_MS = 30_000;
const MOVE_PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * Moves a sandbox object forward in time and answers when everything due there has been done. `by` becomes an instant
 * when its key is first seen, so a repeat moves nothing further. What the object makes starts in real time.
 * Refuses `sandbox_only`, `not_found`, `invalid_input` with the parameter's `name`, `idempotency_key_reused`;
 * `unavailable` while outbox or Temporal stand still. Source: decisions.md, "Durability"; temporal.md section 12.
 */
export async function moveTime(
  ctx: Ctx,
  time: TimeMover,
  raw: z.input<typeof MoveTimeInput>,
): Promise<MovedTime> {
  requirePermission(ctx, 'time:move');
  if (ctx.profile.mode !== 'sandbox') refuse('sandbox_only');
  const wanted = MoveTimeInput.parse(raw);
  const [, kind = '', id = ''] = OBJECT.exec(wanted.object) ?? [];
  const find = Object.hasOwn(MOVABLE, kind) ? MOVABLE[kind] : undefined;
  if (!find) return refuse('not_found', { object: wanted.object.slice(0, 100) });

  const { command, isReplay } = await ctx.inTransaction(async (tx) =>
    takeCommand(tx, ctx, wanted, await find(tx, ctx.profileId, id)),
  );
  const targetMs = Number(command.payload.targetMs);
  if (command.outcome === null) {
    await arrive(ctx, time, String(command.payload.workflowId), targetMs);
    await ctx.inTransaction((tx) => settleCommand(tx, command.id, { nowMs: targetMs }));
  }
  return { object: wanted.object, now: isoIn(ctx.profile.timeZone, targetMs), isReplay };
}

/** The object is locked: of several equal requests one decides the instant and sets the clock. */
async function takeCommand(
  tx: Tx,
  ctx: Ctx,
  wanted: Wanted,
  { clock, workflowId }: Moved,
): Promise<{ command: Command; isReplay: boolean }> {
  const { object, by, to, idempotencyKey } = wanted;
  // A key belongs to the path, which names no object: all moves of a profile share one scope.
  const scope = { profileId: ctx.profileId, objectType: 'clock', objectId: 'sandbox', verb: 'move' };
  const first =
    idempotencyKey === null ? undefined : await findCommandByKey(tx, { ...scope, idempotencyKey });
  if (first) return { command: sameOrRefuse(first, wanted), isReplay: true };
  const fromMs = await clockOf(tx, ctx, clock);
  const targetMs = targetOf(ctx, wanted, fromMs);
  const command = await insertCommand(tx, {
    ...scope,
    payload: { object, by, to, targetMs, workflowId },
    actor: ctx.actor,
    requestId: ctx.requestId,
    idempotencyKey,
    atMs: fromMs,
  });
  // Written in the same moment for another object, whose lock is not ours.
  sameOrRefuse(command, wanted);
  await raiseOffset(tx, ctx.profileId, clock, Math.max(0, targetMs - ctx.now()));
  await recordAudit(tx, ctx, {
    action: 'time.move',
    objectType: 'clock',
    objectId: clock,
    before: { nowMs: fromMs },
    after: { nowMs: targetMs },
  });
  return { command, isReplay: false };
}

function sameOrRefuse(command: Command, { object, by, to }: Wanted): Command {
  const { payload } = command;
  const same = payload.object === object && payload.by === by && payload.to === to;
  return same ? command : refuse('idempotency_key_reused');
}

function targetOf(ctx: Ctx, { by, to }: Wanted, fromMs: number): number {
  const { timeZone } = ctx.profile;
  const name = by === null ? 'to' : 'by';
  const targetMs = by === null ? instantMs(to ?? '') : afterDuration(timeZone, fromMs, by);
  const furthestMs = afterDuration(timeZone, fromMs, FURTHEST) ?? fromMs;
  if (targetMs === null || targetMs < fromMs || targetMs > furthestMs)
    return refuse('invalid_input', { name });
  return targetMs;
}

/** What is written for the object must reach its workflow before and after the move, else it would come too late. */
async function arrive(ctx: Ctx, time: TimeMover, workflowId: string, targetMs: number): Promise<void> {
  do {
    await untilRelayed(ctx, workflowId);
    await untilThere(time, workflowId, targetMs);
  } while (await isWaiting(ctx, workflowId));
}

/** Two moves at once end each other's on the server; the instant is fixed, so whoever lost moves again. */
async function untilThere(time: TimeMover, workflowId: string, targetMs: number): Promise<void> {
  const end = Date.now() + MOVE_PATIENCE_MS;
  for (;;) {
    try {
      return await time.advanceTo(workflowId, targetMs);
    } catch (error) {
      if (Date.now() > end) refuse('unavailable', { workflowId, reason: String(error) });
      await pause();
    }
  }
}

async function untilRelayed(ctx: Ctx, workflowId: string): Promise<void> {
  const end = Date.now() + RELAY_PATIENCE_MS;
  while (await isWaiting(ctx, workflowId)) {
    if (Date.now() > end) refuse('unavailable', { workflowId, reason: 'the outbox stands still' });
    await pause();
  }
}

function isWaiting(ctx: Ctx, workflowId: string): Promise<boolean> {
  return ctx.inTransaction((tx) => isOutboxWaiting(tx, workflowId));
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LOOK_AGAIN_MS);
  });
}
