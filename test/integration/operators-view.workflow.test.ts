import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLBACK_WORKFLOW } from '#workflows/callback/contract.ts';
import { TimeSkipper } from '#worker/time-skipper.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { historyOf, scheduledActivities, timerSummaries } from '../fixtures/history.ts';
import { oweCallback } from '../fixtures/owed-callback.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const UNIMPLEMENTED = 12;

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openWorkerTestbed();
});
afterAll(() => bed.close());

async function found(query: string) {
  const seen = [];
  for await (const workflow of bed.workflows.list({ query })) seen.push(workflow);
  return seen;
}

test('a callback’s workflow is found by profile and object, with what an operator needs to see', async () => {
  const callback = await oweCallback(bed, 500);
  const [first] = await callback.made(1);
  const { profile } = callback.merchant;
  const query = `KekalProfileId = "${profile.id}" and KekalObjectId = "${callback.callbackId}"`;
  const [workflow] = await until('it is found', async () => {
    const seen = await found(`${query} and KekalStatus = "pending" and KekalAttempts = 1`);
    return seen.length === 1 && seen;
  });
  expect(workflow?.workflowId).toBe(callback.workflowId);
  const described = await bed.workflows.getHandle(callback.workflowId).describe();
  expect(await described.staticSummary()).toMatch(/^callback of bill [0-9a-f]{16}$/);
  expect(described.memo).toMatchObject({ title: expect.stringMatching(/^callback of bill /) as string });

  await bed.time.advanceTo(callback.workflowId, (first?.businessStartAtMs ?? 0) + 100 * MINUTE_MS);
  const nextDue = new Date((first?.businessStartAtMs ?? 0) + 1530 * MINUTE_MS).toISOString();
  await until(
    'the long wait is found',
    async () => (await found(`${query} and KekalNextDue = "${nextDue}"`)).length === 1,
  );
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  await until('what needs a person is found', async () => {
    const seen = await found(`${query} and KekalStatus = "dropped" and KekalNeedsAttention = true`);
    return seen.length === 1;
  });
  await callback.receiver.close();
});

test('attempts and waits say in the history what they are, and hold neither address nor payer', async () => {
  const callback = await oweCallback(bed, (_, count) => (count === 2 ? 200 : 500));
  await callback.made(1);
  await bed.time.runToEnd(callback.workflowId, 3 * DAY_MS);
  const events = await historyOf(bed.workflows, callback.workflowId);

  const posts = scheduledActivities(events).filter(({ type }) => type === 'post');
  expect(posts.map(({ summary }) => summary)).toEqual([
    'attempt 1 of the schedule',
    'attempt 2 of the schedule',
  ]);
  expect(new Set(posts.map(({ queue }) => queue))).toEqual(
    new Set([`${bed.config.taskQueuePrefix}callbacks`]),
  );
  expect(timerSummaries(events)).toEqual(['attempt 2 is due']);
  const everything = Buffer.from(JSON.stringify(events, decoded)).toString();
  for (const secret of ['payer@payer.test', 'Michael', callback.receiver.url]) {
    expect(everything).not.toContain(secret);
  }
  await callback.receiver.close();
});

/** Payload bytes as their text. */
function decoded(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}

test('the live namespace refuses to skip time', async () => {
  const live = bed.client('live');
  const workflowId = `callback-${randomUUID()}`;
  const handle = await live.start(CALLBACK_WORKFLOW, {
    workflowId,
    taskQueue: 'nobody-works-here',
    args: [{ callbackId: 'cb_0', profileId: 0, timeouts: bed.config.timeouts }],
  });
  await expect(new TimeSkipper(live).fastForward(workflowId, MINUTE_MS)).rejects.toMatchObject({
    code: UNIMPLEMENTED,
  });
  await handle.terminate('the test is over');
});
