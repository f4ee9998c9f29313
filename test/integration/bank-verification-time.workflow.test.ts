import { afterAll, beforeAll, expect, test } from 'vitest';
import { getBankVerification } from '#services/bank-verification/read.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { clientOf, NOT_FOUND, openApi, type TestApi } from '../fixtures/api.ts';
import { newMerchant } from '../fixtures/merchant.ts';

let bed: WorkerTestbed;
let api: TestApi;
beforeAll(async () => {
  bed = await openWorkerTestbed();
  api = openApi(bed);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

const SERVICES = '/api/v3/bank_verification_services';

async function integrator() {
  const merchant = await newMerchant(bed);
  return { merchant, client: clientOf(api, merchant.apiKey) };
}

const account = (acc_no: string) => ({ name: 'Sara', id_no: '820909101001', acc_no, code: 'MBBEMYKL' });

test('an integrator moves an account to its third working day and sees it verified, or rejected by its number', async () => {
  const { client } = await integrator();
  for (const [accNo, status] of [
    ['1234567890', 'verified'],
    ['5550000009', 'rejected'],
  ] as const) {
    await client.post(SERVICES, account(accNo));
    const moved = await client.post('/api/sandbox/time', {
      object: `bank_verification:${accNo}`,
      by: 'P14D',
    });
    expect(moved.body).toEqual({ object: `bank_verification:${accNo}`, now: expect.any(String) as unknown });
    const { body } = await client.get(`${SERVICES}/${accNo}`);
    expect(body).toMatchObject({
      status,
      processed_at: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
      rejected_desc: status === 'rejected' ? 'Account holder does not match' : null,
    });
  }
});

test('a move to just before the third working day decides nothing', async () => {
  const { merchant, client } = await integrator();
  await client.post(SERVICES, account('70007000'));
  const { dueAtMs } = await getBankVerification(merchant.ctx, '70007000');
  const object = 'bank_verification:7000-7000';
  const to = (ms: number) => new Date(ms).toISOString();
  expect((await client.post('/api/sandbox/time', { object, to: to(dueAtMs - 60_000) })).status).toBe(200);
  expect((await client.get(`${SERVICES}/70007000`)).body).toMatchObject({ status: 'pending' });
  expect((await client.post('/api/sandbox/time', { object, by: 'PT2M' })).status).toBe(200);
  expect((await client.get(`${SERVICES}/70007000`)).body).toMatchObject({ status: 'verified' });
});

test('of two registrations of a number the newer one is moved', async () => {
  const { merchant, client } = await integrator();
  await client.post(SERVICES, account('80008000'));
  const older = await getBankVerification(merchant.ctx, '80008000');
  await client.post(SERVICES, { ...account('80008000'), name: 'Dila' });
  await client.post('/api/sandbox/time', { object: 'bank_verification:80008000', by: 'P14D' });
  const rows = await merchant.ctx.inTransaction((tx) =>
    tx.selectFrom('bank_verifications').select(['id', 'status']).where('acc_no', '=', '80008000').execute(),
  );
  expect(rows.find(({ id }) => id === older.id)?.status).toBe('pending');
  expect(rows.find(({ id }) => id !== older.id)?.status).toBe('verified');
});

test('an account of another profile cannot be moved', async () => {
  const { client } = await integrator();
  await client.post(SERVICES, account('90009000'));
  const foreign = await integrator();
  const object = 'bank_verification:90009000';
  expect((await foreign.client.post('/api/sandbox/time', { object, by: 'P1D' })).body).toEqual(NOT_FOUND);
});
