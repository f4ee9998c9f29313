import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlannedAttempt } from '#domain/callback-schedule.ts';
import { commandCallback } from '#services/callback/command.ts';
import { readRank } from '#services/callback/rank.ts';
import { CALLBACK_WORKFLOW } from '#workflows/callback/contract.ts';
import { changed } from '#workflows/lib/contract.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { openWaiting } from '../fixtures/commanding.ts';
import { type OwedCallback, oweCallback } from '../fixtures/owed-callback.ts';
import { asOwner } from '../fixtures/sql.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let bed: WorkerTestbed;
let answers: ReturnType<typeof openWaiting>;
beforeAll(async () => {
  bed = await openWorkerTestbed();
  answers = openWaiting(bed);
});
afterAll(async () => {
  await answers.close();
  await bed.close();
});

function command(callback: OwedCallback, verb: 'redeliver' | 'cancel', idempotencyKey: string | null = null) {
  const { merchant, callbackId } = callback;
  return commandCallback(merchant.ctx, answers.waiting, { callbackId, verb, idempotencyKey });
}

async function ended(callback: OwedCallback): Promise<void> {
  await until('the workflow has ended', async () => {
    const { status } = await bed.workflows.getHandle(callback.workflowId).describe();
    return status.name === 'COMPLETED';
  });
}

test('redeliver sends one more at once, tells its outcome and leaves the schedule alone', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const { outcome } = await command(callback, 'redeliver');

  expect(outcome).toEqual({ outcome: 'failed', httpStatus: 500 });
  expect(callback.receiver.received).toHaveLength(2);
  await callback.made(2);
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  const attempts = await callback.attempts();
  const scheduled = attempts.filter(({ commandId }) => commandId === null);
  const first = scheduled[0]?.businessStartAtMs ?? 0;
  expect(scheduled.map((attempt) => ((attempt.businessStartAtMs ?? 0) - first) / MINUTE_MS)).toEqual([
    0, 15, 45, 90, 1530,
  ]);
  expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  await callback.receiver.close();
});

test('a redelivery that gets through ends the callback and no scheduled attempt follows', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  callback.receiver.behave(200);
  expect((await command(callback, 'redeliver')).outcome).toEqual({ outcome: 'delivered', httpStatus: 200 });

  await ended(callback);
  expect((await callback.row()).status).toBe('delivered');
  expect(callback.receiver.received).toHaveLength(2);
  await callback.receiver.close();
});

test('a dropped callback can be redelivered, under the same webhook-id and with the same bytes', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  expect((await callback.row()).status).toBe('dropped');
  expect((await command(callback, 'redeliver')).outcome).toEqual({ outcome: 'failed', httpStatus: 500 });
  expect((await callback.row()).status).toBe('dropped');

  callback.receiver.behave(200);
  expect((await command(callback, 'redeliver')).outcome).toEqual({ outcome: 'delivered', httpStatus: 200 });
  expect((await callback.row()).status).toBe('delivered');
  const { received } = callback.receiver;
  expect(received).toHaveLength(7);
  expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(
    new Set([callback.callbackId]),
  );
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  await callback.receiver.close();
});

test('a delivered callback can be redelivered and stays delivered, even when the receiver has gone bad', async () => {
  const callback = await oweCallback(bed, 200);
  await callback.made(1);
  await ended(callback);
  callback.receiver.behave(500);

  expect((await command(callback, 'redeliver')).outcome).toEqual({ outcome: 'failed', httpStatus: 500 });
  expect((await callback.row()).status).toBe('delivered');
  expect(callback.receiver.received).toHaveLength(2);
  await callback.receiver.close();
});

test('two redeliveries with one idempotency key are one attempt and two equal answers', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const [one, other] = await Promise.all([
    command(callback, 'redeliver', 'k'),
    command(callback, 'redeliver', 'k'),
  ]);

  expect(other).toEqual(one);
  expect(await command(callback, 'redeliver', 'k')).toEqual(one);
  expect(callback.receiver.received).toHaveLength(2);
  await callback.receiver.close();
});

test('two redeliveries without a key are two attempts', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await Promise.all([command(callback, 'redeliver'), command(callback, 'redeliver')]);
  expect(callback.receiver.received).toHaveLength(3);
  await callback.receiver.close();
});

test('cancel ends it: nothing more is sent, and another cancel is refused', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  expect((await command(callback, 'cancel')).outcome).toEqual({ done: true });

  await ended(callback);
  expect((await callback.row()).status).toBe('cancelled');
  await expect(command(callback, 'cancel')).rejects.toMatchObject({ code: 'callback_settled' });
  expect(callback.receiver.received).toHaveLength(1);
  await callback.receiver.close();
});

test('a cancel during an attempt that gets through comes too late and is told so', async () => {
  const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>();
  const callback = await oweCallback(bed, () => answer.then(() => 200));
  await until('the receiver has it', () => callback.receiver.received.length === 1);
  const cancelled = command(callback, 'cancel');
  await until('the command is written', async () => {
    const open = await asOwner(bed, 'select 1 from commands where object_id = $1', [callback.callbackId]);
    return open.length === 1;
  });
  letAnswer();

  expect((await cancelled).outcome).toEqual({ refused: 'callback_settled' });
  expect((await callback.row()).status).toBe('delivered');
  await callback.receiver.close();
});

test('signals that come twice, late or after the end change nothing', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const handle = bed.workflows.getHandle(callback.workflowId);
  await Promise.all([handle.signal(changed), handle.signal(changed), handle.signal(changed)]);
  await bed.time.advanceTo(
    callback.workflowId,
    ((await callback.attempts())[0]?.businessStartAtMs ?? 0) + 20 * MINUTE_MS,
  );
  await handle.signal(changed);
  await bed.time.settle(callback.workflowId);
  const plan = await handle.query<PlannedAttempt[]>('plan');
  expect(plan.map(({ kind }) => kind)).toEqual(['made', 'made', 'coming', 'coming', 'coming']);

  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  expect(await callback.minutes()).toEqual([0, 15, 45, 90, 1530]);
  await expect(handle.signal(changed)).rejects.toBeInstanceOf(WorkflowNotFoundError);
  const again = await bed.workflows.signalWithStart(CALLBACK_WORKFLOW, {
    workflowId: callback.workflowId,
    taskQueue: `${bed.config.taskQueuePrefix}kekal`,
    args: [
      {
        callbackId: callback.callbackId,
        profileId: callback.merchant.profile.id,
        timeouts: bed.config.timeouts,
      },
    ],
    signal: changed,
  });
  expect(await again.result()).toBe('dropped');
  expect(callback.receiver.received).toHaveLength(5);
  expect(await readRank(callback.merchant.ctx)).toBe(5);
  await callback.receiver.close();
});
