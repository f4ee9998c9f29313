import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandCallback } from '#services/callback/command.ts';
import { changed } from '#workflows/lib/contract.ts';
import type { WorkerTestbed } from '../../engine/testbed.ts';
import { until } from '../../engine/until.ts';
import { openWaiting } from '../../fixtures/commanding.ts';
import { type OwedCallback, oweCallback } from '../../fixtures/owed-callback.ts';
import { breakAttempts } from '../../fixtures/sql.ts';
import { recordHistory } from '../histories.ts';
import { openRecordBed } from '../record-bed.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TIMER = 'EVENT_TYPE_TIMER_STARTED';
const COMPLETED = 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED';

let bed: WorkerTestbed;
let answers: ReturnType<typeof openWaiting>;
beforeAll(async () => {
  bed = await openRecordBed();
  answers = openWaiting(bed);
});
afterAll(async () => {
  await answers.close();
  await bed.close();
});

function command({ merchant, callbackId }: OwedCallback, verb: 'redeliver' | 'cancel') {
  return commandCallback(merchant.ctx, answers.waiting, { callbackId, verb });
}

/** Runs the case to its end and keeps its last run. */
async function record(name: string, callback: OwedCallback): Promise<string[]> {
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS, { maxSkips: 2_000 });
  await callback.receiver.close();
  return recordHistory(bed.workflows, { workflow: 'callback', name, workflowId: callback.workflowId });
}

function count(events: readonly string[], type: string): number {
  return events.filter((each) => each === type).length;
}

test('delivered at once', async () => {
  const callback = await oweCallback(bed, 200);
  await callback.made(1);
  expect(count(await record('delivered-at-once', callback), TIMER)).toBe(0);
});

test('delivered by the third attempt', async () => {
  const callback = await oweCallback(bed, (_, n) => (n === 3 ? 200 : 500));
  await callback.made(1);
  expect(count(await record('delivered-third', callback), TIMER)).toBe(2);
});

test.for(['billplz', 'billplz-2021', 'standard'] as const)(
  'dropped after every attempt of %s',
  async (schedule) => {
    const callback = await oweCallback(bed, 500, { callbackSchedule: schedule });
    await callback.made(1);
    expect(await record(`dropped-${schedule}`, callback)).toContain(COMPLETED);
  },
);

test('a refused address', async () => {
  const callback = await oweCallback(bed, 200, { callbackUrl: 'http://169.254.169.254/' });
  await until('dropped', async () => (await callback.row()).status === 'dropped');
  expect(count(await record('address-refused', callback), TIMER)).toBe(0);
});

test('redelivered by hand while it waits', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await command(callback, 'redeliver');
  callback.receiver.behave(200);
  await command(callback, 'redeliver');
  expect(await record('redelivered-while-waiting', callback)).toContain('EVENT_TYPE_TIMER_CANCELED');
});

test('redelivered by hand after it was dropped: a run that makes one attempt', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  await command(callback, 'redeliver');
  expect(count(await record('redelivered-after-dropped', callback), TIMER)).toBe(0);
});

test('cancelled while it waits', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await command(callback, 'cancel');
  expect(await record('cancelled', callback)).toContain('EVENT_TYPE_TIMER_CANCELED');
});

test('told that something changed when nothing had', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await bed.workflows.getHandle(callback.workflowId).signal(changed);
  await bed.time.settle(callback.workflowId);
  expect(count(await record('signalled', callback), 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED')).toBe(1);
});

test('an attempt that is late by an outage', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const outage = await breakAttempts(bed);
  await bed.time.fastForward(callback.workflowId, 20 * MINUTE_MS, { maxSkips: 2_000 });
  await outage.mend();
  expect(await record('late-by-outage', callback)).toContain(COMPLETED);
  expect((await callback.attempts())[1]?.businessStartAtMs).not.toBe((await callback.attempts())[1]?.dueAtMs);
});
