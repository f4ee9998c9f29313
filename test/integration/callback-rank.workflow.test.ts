import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRank } from '#services/callback/rank.ts';
import { RANK_RESET_WORKFLOW } from '#workflows/rank-reset/contract.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { newMerchant } from '../fixtures/merchant.ts';
import { historyOf, scheduledActivities } from '../fixtures/history.ts';
import { oweCallback } from '../fixtures/owed-callback.ts';

const DAY_MS = 24 * 60 * 60_000;

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openWorkerTestbed();
});
afterAll(() => bed.close());

test('the rank rises by one per failure, sets the priority of the next attempt, stops at 10 and goes back to 0', async () => {
  const merchant = await newMerchant(bed);
  const priorities: number[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const callback = await oweCallback(bed, 500, { merchant });
    await callback.made(1);
    await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
    expect(await readRank(merchant.ctx)).toBe(Math.min(10, 5 * round));
    const posts = scheduledActivities(await historyOf(bed.workflows, callback.workflowId)).filter(
      ({ type }) => type === 'post',
    );
    expect(new Set(posts.map(({ fairnessKey }) => fairnessKey))).toEqual(
      new Set([String(merchant.profile.id)]),
    );
    priorities.push(...posts.map(({ priorityKey }) => priorityKey));
    await callback.receiver.close();
  }
  expect(priorities).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 11, 11, 11]);

  await bed.workflows.execute(RANK_RESET_WORKFLOW, {
    workflowId: `rank-reset-${randomUUID()}`,
    taskQueue: `${bed.config.taskQueuePrefix}kekal`,
    args: [{ mode: 'sandbox', timeouts: bed.config.timeouts }],
  });
  expect(await readRank(merchant.ctx)).toBe(0);
});

test('one merchant’s bad receiver leaves another merchant’s rank alone', async () => {
  const bad = await oweCallback(bed, 500);
  const good = await oweCallback(bed, 200);
  await Promise.all([bad.made(1), good.made(1)]);
  expect(await readRank(bad.merchant.ctx)).toBe(1);
  expect(await readRank(good.merchant.ctx)).toBe(0);
  await Promise.all([bad.receiver.close(), good.receiver.close()]);
});

test('billplz-2021 draws its jitter once, keeps it with the callback and attempts exactly there', async () => {
  const callback = await oweCallback(bed, 500, { callbackSchedule: 'billplz-2021' });
  const { offsetsMs } = (await callback.row()).schedule;
  const bare = [0, 15_000, 915_000, 1_815_000, 88_215_000];
  const jitter = offsetsMs.map((offset, index) => offset - (bare[index] ?? 0));
  expect(jitter[0]).toBe(0);
  for (const drawn of jitter) {
    expect(drawn).toBeGreaterThanOrEqual(0);
    expect(drawn).toBeLessThanOrEqual(300_000);
  }
  await callback.made(1);
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);

  const starts = (await callback.attempts()).map(({ businessStartAtMs }) => businessStartAtMs ?? 0);
  expect(starts.map((start) => start - (starts[0] ?? 0))).toEqual(offsetsMs);
  await callback.receiver.close();
});
