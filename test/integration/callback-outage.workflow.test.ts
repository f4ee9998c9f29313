import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { oweCallback } from '../fixtures/owed-callback.ts';
import { breakAttempts } from '../fixtures/sql.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An outage is retried every minute at least, and each wait for a retry is one skip. */
const MAX_SKIPS = 2_000;

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openWorkerTestbed();
});
afterAll(() => bed.close());

test('after two hours in which nothing could be sent, the attempts keep their gaps and do not bunch up', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  const outage = await breakAttempts(bed);
  await bed.time.fastForward(callback.workflowId, 15 * MINUTE_MS + 2 * HOUR_MS, { maxSkips: MAX_SKIPS });
  expect(callback.receiver.received).toHaveLength(1);
  await outage.mend();
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS, { maxSkips: MAX_SKIPS });

  const [first = -1, second = -1, third = -1, fourth = -1, fifth = -1, ...more] = await callback.minutes();
  expect(first).toBe(0);
  expect(second).toBeGreaterThanOrEqual(135);
  expect(second).toBeLessThan(137);
  expect([third - second, fourth - third, fifth - fourth]).toEqual([30, 45, 24 * 60].map(near));
  expect(more).toEqual([]);
  expect(callback.receiver.received).toHaveLength(5);
  await callback.receiver.close();
});

test('a fourth attempt that comes an hour late leaves 24 hours to the fifth', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await bed.time.fastForward(callback.workflowId, 80 * MINUTE_MS);
  await callback.made(3);
  const outage = await breakAttempts(bed);
  await bed.time.fastForward(callback.workflowId, 70 * MINUTE_MS, { maxSkips: MAX_SKIPS });
  expect(callback.receiver.received).toHaveLength(3);
  await outage.mend();
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS, { maxSkips: MAX_SKIPS });

  const [, , third, fourth = -1, fifth = -1] = await callback.minutes();
  expect(third).toBe(45);
  expect(fourth).toBeGreaterThanOrEqual(150);
  expect(fourth).toBeLessThan(152);
  expect(fifth - fourth).toEqual(near(24 * 60));
  await callback.receiver.close();
});

test('an attempt that starts less than two seconds late counts from its due instant', async () => {
  const callback = await oweCallback(bed, 500);
  await callback.made(1);
  await bed.time.fastForward(callback.workflowId, 50 * MINUTE_MS);
  const attempts = await callback.made(3);
  expect(attempts.map(({ businessStartAtMs, dueAtMs }) => (businessStartAtMs ?? 0) - dueAtMs)).toEqual([
    0, 0, 0,
  ]);
  await callback.receiver.close();
});

/** Epoch milliseconds divided into minutes do not subtract exactly. */
function near(minutes: number): unknown {
  return expect.closeTo(minutes, 4);
}
