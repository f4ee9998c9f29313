import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RANK_RESET_WORKFLOW } from '#workflows/rank-reset/contract.ts';
import type { WorkerTestbed } from '../../engine/testbed.ts';
import { recordHistory } from '../histories.ts';
import { openRecordBed } from '../record-bed.ts';

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openRecordBed();
});
afterAll(() => bed.close());

test('every rank goes back to 0', async () => {
  const workflowId = `rank-reset-${randomUUID()}`;
  await bed.workflows.execute(RANK_RESET_WORKFLOW, {
    workflowId,
    taskQueue: `${bed.config.taskQueuePrefix}kekal`,
    args: [{ mode: 'sandbox', timeouts: bed.config.timeouts }],
  });
  const events = await recordHistory(bed.workflows, { workflow: 'rank-reset', name: 'reset', workflowId });
  expect(events).toContain('EVENT_TYPE_ACTIVITY_TASK_COMPLETED');
});
