import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlannedAttempt } from '#domain/callback-schedule.ts';
import { verifyX } from '#services/signing/x-signature.ts';
import { openXSignatureKey } from '#services/profile/secrets.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { oweCallback } from '../fixtures/owed-callback.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openWorkerTestbed({ KEKAL_EXCHANGE_TIMEOUT_MS: '1500', KEKAL_ATTEMPT_TIMEOUT_MS: '5000' });
});
afterAll(() => bed.close());

test('a bill paid at the sandbox bank owes one signed callback, delivered once', async () => {
  const callback = await oweCallback(bed, 200);
  await until('delivered', async () => (await callback.row()).status === 'delivered');

  expect(callback.receiver.received).toHaveLength(1);
  const [received] = callback.receiver.received;
  const { x_signature: signature = '', ...params } = received?.form ?? {};
  const key = await callback.merchant.ctx.inTransaction((tx) => openXSignatureKey(tx, callback.merchant.ctx));
  expect(verifyX({ ...params, x_signature: signature }, key)).toBe(true);
  expect(params).toMatchObject({
    paid: 'true',
    state: 'paid',
    amount: '200',
    paid_amount: '200',
    mobile: '',
  });
  expect(received?.headers['webhook-id']).toBe(callback.callbackId);
  await callback.receiver.close();
});

test.for([
  ['billplz', [0, 15, 45, 90, 1530]],
  ['billplz-2019', [0, 15, 30, 45, 1485]],
] as const)(
  'a receiver that always answers 500 is tried by %s at its exact minutes and never again',
  async ([name, minutes]) => {
    const callback = await oweCallback(bed, 500, { callbackSchedule: name });
    await callback.made(1);
    await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);

    expect(await callback.minutes()).toEqual(minutes);
    expect(callback.receiver.received).toHaveLength(5);
    expect((await callback.row()).status).toBe('dropped');
    await callback.receiver.close();
  },
);

test('the plan shows what was tried and what is still to come', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const plan = await until('a plan with one attempt made', async () => {
    const seen = await bed.workflows.getHandle(callback.workflowId).query<PlannedAttempt[]>('plan');
    return seen[0]?.kind === 'made' ? seen : undefined;
  });

  expect(plan.map(({ kind }) => kind)).toEqual(['made', 'coming', 'coming', 'coming', 'coming']);
  const first = plan[0]?.atMs ?? 0;
  expect(plan.map(({ atMs }) => (atMs - first) / MINUTE_MS)).toEqual([0, 15, 45, 90, 1530]);
  await callback.receiver.close();
});

test('an attempt comes never early and at most a moment late in the workflow’s own time', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const [first] = await callback.attempts();
  const due = (first?.businessStartAtMs ?? 0) + 15 * MINUTE_MS;
  await bed.time.advanceTo(callback.workflowId, due - 1000);
  expect(callback.receiver.received).toHaveLength(1);
  await bed.time.advanceTo(callback.workflowId, due);
  await until('the second attempt', () => callback.receiver.received.length === 2);
  expect(await bed.time.now(callback.workflowId)).toBeGreaterThanOrEqual(due);
  await callback.receiver.close();
});

test.for([201, 204, 301] as const)(
  'an answer of %i is a failure, and a redirect is not followed',
  async (status) => {
    const callback = await oweCallback(bed, status);
    await callback.made(1);
    const [attempt] = await callback.attempts();
    expect(attempt).toMatchObject({ outcome: 'failed', httpStatus: status });
    expect(callback.receiver.received.map(({ path }) => path)).toEqual(['/callback']);
    expect((await callback.row()).status).toBe('pending');
    await callback.receiver.close();
  },
);

test('a receiver that hangs is cut at the limit of the exchange and counts as a failure', async () => {
  const callback = await oweCallback(bed, 'hang');
  await callback.made(1);
  const [attempt] = await callback.attempts();
  expect(attempt).toMatchObject({ outcome: 'failed', error: 'timeout', httpStatus: null });
  expect(attempt?.durationMs).toBeGreaterThanOrEqual(1500);
  await callback.receiver.close();
});

test('a success ends it: nothing is sent after the receiver has said 200', async () => {
  const callback = await oweCallback(bed, (_, count) => (count === 3 ? 200 : 500));
  await callback.made(1);
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  expect(await callback.minutes()).toEqual([0, 15, 45]);
  expect((await callback.row()).status).toBe('delivered');
  await callback.receiver.close();
});
