import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientsOver } from '#worker/temporal-clients.ts';
import { TimeSkipper } from '#worker/time-skipper.ts';
import { openTestbed, type Testbed } from '../../engine/testbed.ts';
import { crashFirstAttempt, SHORT_LIMITS } from '../../fixtures/crashed-attempt.ts';
import { recordHistory } from '../histories.ts';

const DAY_MS = 24 * 60 * 60_000;

let bed: Testbed;
let connection: Connection;
beforeAll(async () => {
  bed = await openTestbed({ ...SHORT_LIMITS, KEKAL_TASK_QUEUE_PREFIX: 'recorded-crash-' });
  connection = await Connection.connect({ address: bed.config.temporalAddress });
});
afterAll(async () => {
  await connection.close();
  await bed.close();
});

test('sent again after the worker was killed in the middle of an attempt', async () => {
  const { callback, worker } = await crashFirstAttempt(bed);
  const sandbox = clientsOver(connection)('sandbox');
  try {
    await new TimeSkipper(sandbox).runToEnd(callback.workflowId, 3 * DAY_MS);
    const { workflowId } = callback;
    const events = await recordHistory(sandbox, { workflow: 'callback', name: 'crash-retry', workflowId });
    expect(events).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
    expect((await callback.attempts())[0]).toMatchObject({ sends: 2 });
  } finally {
    await worker.stop();
    await callback.receiver.close();
  }
});
