import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '#services/alert/list.ts';
import { decideBankVerification } from '#services/bank-verification/decide.ts';
import { getBankVerification } from '#services/bank-verification/read.ts';
import { registerBankAccount } from '#services/bank-verification/register.ts';
import { addHoliday, removeHoliday } from '#services/holiday/edit.ts';
import { bankVerificationWorkflowId } from '#workflows/bank-verification/contract.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';

const DAY_MS = 24 * 60 * 60_000;

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openWorkerTestbed({}, { modes: ['sandbox', 'live'] });
});
afterAll(() => bed.close());

async function registered(merchant: TestMerchant, accNo: string) {
  const account = { name: 'Insan Jaya', idNo: '91234567890', accNo, code: 'MBBEMYKL', organization: true };
  const verification = await registerBankAccount(merchant.ctx, account);
  const workflowId = bankVerificationWorkflowId(verification.id);
  await until('the workflow waits', async () => {
    const described = await bed
      .client(merchant.profile.mode)
      .getHandle(workflowId)
      .describe()
      .catch(() => null);
    const details =
      described?.raw.pendingActivities?.length === 0 && described.raw.pendingWorkflowTask == null;
    return details;
  });
  return { ...verification, workflowId };
}

const now = (merchant: TestMerchant, accNo: string) => getBankVerification(merchant.ctx, accNo);

/** The calendar day in Kuala Lumpur of an instant. */
const day = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

test('an account is pending until 09:00 on the third working day, and verified then', async () => {
  const merchant = await newMerchant(bed);
  const { workflowId, dueAtMs } = await registered(merchant, '999988887777');
  expect(new Date(dueAtMs).toISOString()).toMatch(/T01:00:00\.000Z$/);

  await bed.time.advanceTo(workflowId, dueAtMs - 1000);
  expect(await now(merchant, '999988887777')).toMatchObject({ status: 'pending', processedAtMs: null });
  await bed.time.runToEnd(workflowId, DAY_MS);
  expect(await now(merchant, '999988887777')).toMatchObject({ status: 'verified', processedAtMs: dueAtMs });
});

test('the sandbox rejects numbers that end in 0009', async () => {
  const merchant = await newMerchant(bed);
  const { workflowId } = await registered(merchant, '123450009');
  await bed.time.runToEnd(workflowId, 30 * DAY_MS);
  expect(await now(merchant, '123450009')).toMatchObject({
    status: 'rejected',
    rejectedDesc: 'Account holder does not match',
  });
});

test('a holiday gazetted while an account waits moves it later, and one taken back does not move it earlier', async () => {
  const merchant = await newMerchant(bed);
  const system = bed.deps.systemCtx();
  const { workflowId, dueAtMs } = await registered(merchant, '5550001234');
  const holiday = { day: day(dueAtMs), name: 'A day declared at short notice' };
  await addHoliday(system, { ...holiday, kind: 'special', status: 'announced', source: 'test' });

  await bed.time.advanceTo(workflowId, dueAtMs);
  const moved = await until('the due instant has moved', async () => {
    const seen = await now(merchant, '5550001234');
    return seen.dueAtMs > dueAtMs && seen;
  });
  expect(moved.status).toBe('pending');
  await removeHoliday(system, holiday.day, holiday.name);
  await bed.time.runToEnd(workflowId, 30 * DAY_MS);
  expect(await now(merchant, '5550001234')).toMatchObject({
    status: 'verified',
    processedAtMs: moved.dueAtMs,
  });
});

test('the same five fields give the record that is pending or verified, others a new one', async () => {
  const merchant = await newMerchant(bed);
  const account = { name: 'Sara', idNo: '820909101001', accNo: '1234567890', code: 'MBBEMYKL' };
  const first = await registerBankAccount(merchant.ctx, account);
  expect((await registerBankAccount(merchant.ctx, account)).id).toBe(first.id);
  expect((await registerBankAccount(merchant.ctx, { ...account, name: 'Dila' })).id).not.toBe(first.id);
});

test('a live account waits for a person, whose word ends the workflow and is given once', async () => {
  const merchant = await newMerchant(bed, { mode: 'live' });
  const { id, workflowId } = await registered(merchant, '7777000111');
  const operator = await bed.deps.profileCtx(merchant.profile.id);
  await decideBankVerification(operator, { id, verdict: 'rejected', reason: 'Wrong holder' });

  expect(await bed.client('live').getHandle(workflowId).result()).toBe('rejected');
  expect(await now(merchant, '7777000111')).toMatchObject({
    status: 'rejected',
    rejectedDesc: 'Wrong holder',
  });
  await expect(decideBankVerification(operator, { id, verdict: 'verified' })).rejects.toMatchObject({
    code: 'illegal_transition',
  });
  const alerts = await listAlerts(bed.deps.systemCtx(), { profileId: merchant.profile.id });
  expect(alerts).toEqual([]);
});
