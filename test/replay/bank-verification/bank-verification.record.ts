import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideBankVerification } from '#services/bank-verification/decide.ts';
import { registerBankAccount } from '#services/bank-verification/register.ts';
import { addHoliday, removeHoliday } from '#services/holiday/edit.ts';
import { bankVerificationWorkflowId } from '#workflows/bank-verification/contract.ts';
import type { WorkerTestbed } from '../../engine/testbed.ts';
import { until } from '../../engine/until.ts';
import { newMerchant } from '../../fixtures/merchant.ts';
import { recordHistory } from '../histories.ts';
import { openRecordBed } from '../record-bed.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openRecordBed({}, { modes: ['sandbox', 'live'] });
});
afterAll(() => bed.close());

/** An account that waits for its third working day. */
async function registered(ending: string, mode: 'sandbox' | 'live' = 'sandbox') {
  const merchant = await newMerchant(bed, { mode });
  const { id, dueAtMs } = await registerBankAccount(merchant.ctx, {
    name: 'Insan Jaya',
    idNo: '91234567890',
    accNo: `${randomInt(10 ** 7, 10 ** 8)}${ending}`,
    code: 'MBBEMYKL',
    organization: true,
  });
  const workflowId = bankVerificationWorkflowId(id);
  const handle = bed.client(mode).getHandle(workflowId);
  await until('it waits', async () => {
    const { raw } = await handle.describe().catch(() => ({ raw: undefined }));
    return raw && raw.pendingWorkflowTask == null && (raw.pendingActivities ?? []).length === 0;
  });
  return { merchant, id, dueAtMs, workflowId };
}

function record(name: string, workflowId: string, mode: 'sandbox' | 'live' = 'sandbox'): Promise<string[]> {
  return recordHistory(bed.client(mode), { workflow: 'bank-verification', name, workflowId });
}

test.for([
  ['verified', '1234'],
  ['rejected', '0009'],
] as const)('%s on the third working day', async ([name, ending]) => {
  const { workflowId } = await registered(ending);
  await bed.time.runToEnd(workflowId, 30 * DAY_MS);
  expect(await record(name, workflowId)).toContain('EVENT_TYPE_TIMER_FIRED');
});

test('moved by a holiday gazetted while it waits', async () => {
  const { workflowId, dueAtMs } = await registered('1234');
  const day = new Date(dueAtMs + 8 * HOUR_MS).toISOString().slice(0, 10);
  const system = bed.deps.systemCtx();
  await addHoliday(system, {
    day,
    name: 'A day at short notice',
    kind: 'special',
    status: 'announced',
    source: 'test',
  });
  await bed.time.runToEnd(workflowId, 30 * DAY_MS);
  await removeHoliday(system, day, 'A day at short notice');
  const events = await record('moved-by-holiday', workflowId);
  expect(events.filter((type) => type === 'EVENT_TYPE_TIMER_FIRED')).toHaveLength(2);
});

test('decided by a person while it waits', async () => {
  const { merchant, id, workflowId } = await registered('1234', 'live');
  const operator = await bed.deps.profileCtx(merchant.profile.id);
  await decideBankVerification(operator, { id, verdict: 'verified' });
  await bed.client('live').getHandle(workflowId).result();
  expect(await record('decided-by-person', workflowId, 'live')).toContain('EVENT_TYPE_TIMER_CANCELED');
});
