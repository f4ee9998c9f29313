import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { PlannedAttempt } from '#domain/callback-schedule.ts';
import { showCallback } from '#services/callback/read.ts';
import { readRank } from '#services/callback/rank.ts';
import { clientsOver } from '#worker/temporal-clients.ts';
import { TimeSkipper } from '#worker/time-skipper.ts';
import { createWorkflowReader } from '#worker/workflow-starter.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { crashFirstAttempt, SHORT_LIMITS } from '../fixtures/crashed-attempt.ts';
import { newMerchant } from '../fixtures/merchant.ts';
import { callbacksOf, oweCallback, watchCallback } from '../fixtures/owed-callback.ts';
import { asOwner } from '../fixtures/sql.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { killNow, startWorkerProcess } from '../fixtures/worker-process.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let bed: Testbed;
let connection: Connection;
beforeAll(async () => {
  bed = await openTestbed(SHORT_LIMITS);
  connection = await Connection.connect({ address: bed.config.temporalAddress });
});
afterAll(async () => {
  await connection.close();
  await bed.close();
});

test('a worker killed between the POST and its outcome: the same webhook-id again, marked, and the schedule unchanged', async () => {
  const { callback, worker } = await crashFirstAttempt(bed);
  onTestFinished(() => worker.stop());
  const { received } = callback.receiver;
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([
    callback.callbackId,
    callback.callbackId,
  ]);
  expect(received[1]?.body).toBe(received[0]?.body);

  const clients = clientsOver(connection);
  const reader = createWorkflowReader(clients);
  const shown = await until('the plan', async () => {
    const seen = await showCallback(callback.merchant.ctx, reader, callback.callbackId);
    return seen.plan?.[0]?.kind === 'made' && seen;
  });
  expect(shown.attempts).toMatchObject([
    { step: 's1', number: 1, sends: 2, crashDuplicate: true, outcome: 'failed', httpStatus: 500 },
  ]);
  const [attempt] = shown.attempts;
  expect(attempt?.businessStartAtMs).toBe(attempt?.dueAtMs);
  expect(minutesOf(shown.plan ?? [])).toEqual([0, 15, 45, 90, 1530]);
  expect(await readRank(callback.merchant.ctx)).toBe(1);

  await new TimeSkipper(clients('sandbox')).runToEnd(callback.workflowId, 3 * DAY_MS);
  expect(await callback.minutes()).toEqual([0, 15, 45, 90, 1530]);
  expect(received).toHaveLength(6);
  expect((await callback.row()).status).toBe('dropped');
  await callback.receiver.close();
});

test('a worker killed in the middle of many callbacks: none is lost, none is sent after its success was recorded', async () => {
  const receiver = await startReceiver(async (_, count) => {
    // The tenth answer never leaves: the worker that waits for it is killed.
    if (count === 10) await killNow(dying);
    return 200;
  });
  const merchant = await newMerchant(bed);
  const dying = await startWorkerProcess(bed);
  const bills = await Promise.all(
    Array.from({ length: 24 }, () => newBill(merchant, { callbackUrl: receiver.url })),
  );
  for (const bill of bills) await pay(bed, merchant, bill);
  await dying.ended;
  const worker = await startWorkerProcess(bed);
  onTestFinished(() => worker.stop());

  const rows = (await Promise.all(bills.map((bill) => callbacksOf(merchant, bill.id)))).flat();
  expect(rows).toHaveLength(24);
  for (const { id } of rows) {
    const callback = watchCallback(merchant, receiver, id);
    await until(`${id} is delivered`, async () => (await callback.row()).status === 'delivered', 60_000);
    const attempts = await callback.attempts();
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['delivered']);
    // An intent may be written and die before its POST; a POST without an intent there is never.
    const sent = receiver.received.filter(({ headers }) => headers['webhook-id'] === id);
    expect(sent.length).toBeLessThanOrEqual(attempts[0]?.sends ?? 0);
    expect(sent.length).toBeGreaterThanOrEqual(1);
    const [row] = await asOwner<{ settled_at: Date }>(bed, 'select settled_at from callbacks where id = $1', [
      id,
    ]);
    expect(sent.filter(({ atMs }) => atMs > (row?.settled_at.getTime() ?? 0))).toEqual([]);
  }
  await receiver.close();
});

test('in real time an attempt starts less than two seconds after it is due', async () => {
  const worker = await startWorkerProcess(bed);
  onTestFinished(() => worker.stop());
  const callback = await oweCallback(bed, 500, { callbackSchedule: 'standard' });
  const attempts = await callback.made(2);

  expect(attempts.map(({ businessStartAtMs, dueAtMs }) => (businessStartAtMs ?? 0) - dueAtMs)).toEqual([
    0, 0,
  ]);
  const [first, second] = attempts;
  expect((second?.dueAtMs ?? 0) - (first?.dueAtMs ?? 0)).toBe(5_000);
  expect((second?.startedAtMs ?? 0) - (second?.dueAtMs ?? 0)).toBeGreaterThanOrEqual(0);
  await callback.receiver.close();
});

function minutesOf(plan: readonly PlannedAttempt[]): number[] {
  return plan.map(({ atMs }) => (atMs - (plan[0]?.atMs ?? 0)) / MINUTE_MS);
}
