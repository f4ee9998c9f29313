import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '#services/api-key/create.ts';
import { createUser } from '#services/user/create.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { basic, clientOf, NOT_FOUND, openApi, readAnswer, refused, type TestApi } from '../fixtures/api.ts';
import { newBill } from '../fixtures/bill.ts';
import { footprint } from '../fixtures/footprint.ts';
import { type MerchantOptions, newMerchant } from '../fixtures/merchant.ts';
import { callbacksOf, watchCallback } from '../fixtures/owed-callback.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { secondProfile } from '../fixtures/second-profile.ts';

const MINUTE_MS = 60_000;

let bed: WorkerTestbed;
let api: TestApi;
beforeAll(async () => {
  bed = await openWorkerTestbed({ KEKAL_EXCHANGE_TIMEOUT_MS: '1500', KEKAL_ATTEMPT_TIMEOUT_MS: '5000' });
  api = openApi(bed);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

async function integrator(options: MerchantOptions = {}) {
  const merchant = await newMerchant(bed, options);
  return { merchant, client: clientOf(api, merchant.apiKey) };
}

const key = (value: string) => ({ 'idempotency-key': value });

test.each([
  ['success', { state: 'paid', paid: true, paid_amount: 200 }, 'completed'],
  ['failed', { state: 'due', paid: false, paid_amount: 0 }, 'failed'],
  ['pending', { state: 'due', paid: false, paid_amount: 0 }, 'pending'],
] as const)('a payment played as %s takes the path of the pages', async (outcome, shown, status) => {
  const { merchant, client } = await integrator();
  const receiver = await startReceiver(200);
  const bill = await newBill(merchant, { callbackUrl: receiver.url });
  const answer = await client.post(`/api/sandbox/bills/${bill.id}/payments`, { outcome });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ id: bill.id, ...shown });
  const { transactions } = (await client.get(`/api/v3/bills/${bill.id}/transactions`)).body;
  expect(transactions).toMatchObject([{ status, payment_channel: 'FPX' }]);
  const owed = await callbacksOf(merchant, bill.id);
  expect(owed).toHaveLength(outcome === 'pending' ? 0 : 1);
  if (outcome !== 'pending') {
    const [received] = await until(
      'the callback came',
      () => receiver.received.length > 0 && receiver.received,
    );
    expect(received?.form).toMatchObject({ id: bill.id, paid: String(outcome === 'success') });
  }
  await receiver.close();
});

test('a method and a bank are those on offer; what is not is refused and changes nothing', async () => {
  const { merchant, client } = await integrator();
  const bill = await newBill(merchant);
  const path = `/api/sandbox/bills/${bill.id}/payments`;
  const before = await footprint(bed, merchant.profile.id);
  const answers = [
    [await client.post(path), "Outcome can't be blank"],
    [await client.post(path, { outcome: 'maybe' }), 'Outcome is not included in the list'],
    [await client.post(path, { outcome: 'success', method: 'stripe' }), 'Method is not included in the list'],
    [
      await client.post(path, { outcome: 'success', bank_code: 'NOBANK' }),
      'Bank code is not included in the list',
    ],
  ] as const;
  for (const [{ status, body }, sentence] of answers)
    expect([status, body]).toEqual([422, refused(sentence)]);
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
  const paid = await client.post(path, { outcome: 'success', method: 'boost' });
  expect(paid.body).toMatchObject({ state: 'paid' });
  const { transactions } = (await client.get(`/api/v3/bills/${bill.id}/transactions`)).body;
  expect(transactions).toMatchObject([{ payment_channel: 'BOOST' }]);
});

test('a bill that is not due cannot be played, and a live profile has no sandbox', async () => {
  const { merchant, client } = await integrator();
  const bill = await newBill(merchant);
  await client.delete(`/api/v3/bills/${bill.id}`);
  const before = await footprint(bed, merchant.profile.id);
  const path = `/api/sandbox/bills/${bill.id}/payments`;
  expect((await client.post(path, { outcome: 'success' })).body).toEqual(refused('Bill is not payable'));
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
  expect((await client.post('/api/sandbox/bills/unknown/payments', { outcome: 'success' })).body).toEqual(
    NOT_FOUND,
  );

  const live = await integrator({ mode: 'live' });
  const real = await newBill(live.merchant);
  const refusedLive = await live.client.post(`/api/sandbox/bills/${real.id}/payments`, {
    outcome: 'success',
  });
  expect([refusedLive.status, refusedLive.body]).toEqual([404, NOT_FOUND]);
  const time = await live.client.post('/api/sandbox/time', { object: 'callback:x', by: 'PT1H' });
  expect([time.status, time.body]).toEqual([404, NOT_FOUND]);
});

test('20 equal plays at once open one payment and get one answer; another play under the key is refused', async () => {
  const { merchant, client } = await integrator();
  const bill = await newBill(merchant);
  const path = `/api/sandbox/bills/${bill.id}/payments`;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => client.post(path, { outcome: 'success' }, key('pay'))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.body).toMatchObject({ state: 'paid' });
  const replays = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
  expect(replays).toHaveLength(19);
  const seen = await footprint(bed, merchant.profile.id);
  expect(seen).toMatchObject({ payments: 1, commands: 1, callbacks: 1 });
  const other = await client.post(path, { outcome: 'failed' }, key('pay'));
  expect(other.body).toEqual(refused('Idempotency key was used with different parameters'));
  expect(await footprint(bed, merchant.profile.id)).toMatchObject({ payments: 1, commands: 1 });
});

test('a play that broke off at the bank goes on under its key with the payment that it opened', async () => {
  const { merchant } = await integrator();
  const bill = await newBill(merchant);
  const path = `/api/sandbox/bills/${bill.id}/payments`;
  const { sandboxBank } = api.deps;
  const press = () => Promise.reject(new Error('the bank is away'));
  const cut = openApi(bed, { sandboxBank: { session: sandboxBank.session, press } });
  const broken = await clientOf(cut, merchant.apiKey).post(path, { outcome: 'success' }, key('pay'));
  expect(broken.status).toBe(500);
  await cut.close();
  const again = await clientOf(api, merchant.apiKey).post(path, { outcome: 'success' }, key('pay'));
  expect([again.status, again.body.state]).toEqual([200, 'paid']);
  expect(await footprint(bed, merchant.profile.id)).toMatchObject({ payments: 1, commands: 1, callbacks: 1 });
});

/** A paid bill whose callback a receiver has refused once already. */
async function refusedCallback() {
  const { merchant, client } = await integrator();
  const receiver = await startReceiver(500);
  const bill = await newBill(merchant, { callbackUrl: receiver.url });
  await client.post(`/api/sandbox/bills/${bill.id}/payments`, { outcome: 'success' });
  const [callback] = await callbacksOf(merchant, bill.id);
  if (!callback) throw new Error('no callback is owed');
  const owed = watchCallback(merchant, receiver, callback.id);
  await owed.made(1);
  return { merchant, client, receiver, owed, billId: bill.id, object: `callback:${callback.id}` };
}

test('moved through time, a callback is tried at exactly 0, 15, 45, 90 and 1,530 minutes and dropped', async () => {
  const { client, receiver, owed, object } = await refusedCallback();
  const startedAtMs = Date.now();
  const moved: number[] = [];
  for (const by of ['PT15M', 'PT30M', 'PT45M', 'P1D']) {
    const answer = await client.post('/api/sandbox/time', { object, by });
    expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['object', 'now']]);
    expect(answer.body.object).toBe(object);
    expect(answer.body.now).toMatch(/\+08:00$/);
    moved.push(Date.parse(String(answer.body.now)));
    // Everything due has been done: no waiting here.
    expect(receiver.received).toHaveLength(1 + moved.length);
  }
  expect(await owed.minutes()).toEqual([0, 15, 45, 90, 1530]);
  expect((moved.at(-1) ?? 0) - startedAtMs).toBeGreaterThanOrEqual(1530 * MINUTE_MS);
  await until('dropped', async () => (await owed.row()).status === 'dropped');
  const after = await client.post('/api/sandbox/time', { object, by: 'P1M' });
  expect(after.status).toBe(200);
  expect(receiver.received).toHaveLength(5);
  await receiver.close();
});

test('a move under a key happens once; other parameters are refused', async () => {
  const { client, receiver, billId, object } = await refusedCallback();
  const moves = await Promise.all(
    Array.from({ length: 3 }, () => client.post('/api/sandbox/time', { object, by: 'PT20M' }, key('move'))),
  );
  expect(new Set(moves.map(({ text }) => text)).size).toBe(1);
  expect(moves.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(2);
  expect(receiver.received).toHaveLength(2);
  const other = await client.post('/api/sandbox/time', { object, by: 'PT21M' }, key('move'));
  expect(other.body).toEqual(refused('Idempotency key was used with different parameters'));
  const { transactions } = (await client.get(`/api/v3/bills/${billId}/transactions`)).body;
  const [payment] = transactions as { id: string }[];
  const elsewhere = { object: `payment:${payment?.id}`, by: 'PT20M' };
  expect((await client.post('/api/sandbox/time', elsewhere, key('move'))).body).toEqual(other.body);
  await receiver.close();
});

test('a pending payment moved past its end is booked, and its callback begins in real time', async () => {
  const { merchant, client } = await integrator();
  const receiver = await startReceiver(200);
  const bill = await newBill(merchant, { callbackUrl: receiver.url });
  await client.post(`/api/sandbox/bills/${bill.id}/payments`, { outcome: 'pending' });
  const { transactions } = (await client.get(`/api/v3/bills/${bill.id}/transactions`)).body;
  const [transaction] = transactions as { id: string }[];
  const to = new Date(Date.now() + 16 * MINUTE_MS).toISOString();
  const moved = await client.post('/api/sandbox/time', { object: `payment:${transaction?.id}`, to });
  expect(moved.status).toBe(200);
  expect(Date.parse(String(moved.body.now))).toBe(Date.parse(to));
  expect((await client.get(`/api/v3/bills/${bill.id}`)).body).toMatchObject({ paid: true, state: 'paid' });
  await until('the callback came', () => receiver.received.length === 1);
  await receiver.close();
});

test('time goes forward, two years at most, for what is there', async () => {
  const { client, merchant, object, receiver } = await refusedCallback();
  const stranger = await refusedCallback();
  const before = await footprint(bed, merchant.profile.id);
  const post = (body: object) => client.post('/api/sandbox/time', body);
  for (const [body, sentences] of [
    [{}, ["Object can't be blank", 'By is invalid']],
    [{ object }, ['By is invalid']],
    [{ object, by: 'PT1H', to: '2030-01-01T00:00:00Z' }, ['By is invalid', 'To is invalid']],
    [{ object, by: 'an hour' }, ['By is invalid']],
    [{ object, by: '-PT1H' }, ['By is invalid']],
    [{ object, by: 'P2Y1D' }, ['By is invalid']],
    [{ object, to: '2020-01-01T00:00:00Z' }, ['To is invalid']],
    [{ object, to: '2030-01-01' }, ['To is invalid']],
  ] as const) {
    const answer = await post(body);
    expect([answer.status, answer.body]).toEqual([422, refused(...sentences)]);
  }
  for (const unknown of [
    'callback:unknown',
    stranger.object,
    'toString:x',
    'moon:1',
    'nothing',
    `${object}:1`,
  ]) {
    const answer = await post({ object: unknown, by: 'PT1H' });
    expect([answer.status, answer.body]).toEqual([404, NOT_FOUND]);
  }
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
  await receiver.close();
  await stranger.receiver.close();
});

test('time takes Basic and Bearer keys; a key of several profiles names one', async () => {
  const { merchant, object, receiver } = await refusedCallback();
  const system = bed.deps.systemCtx();
  const second = await secondProfile(bed, merchant);
  const email = `owner.${merchant.email}`;
  await createUser(system, { merchantId: merchant.merchantId, name: 'Owner', email, role: 'admin' });
  const both = await createApiKey(system, { email, profileIds: [merchant.profile.id, second.id] });
  const post = async (authorization: string, query = '') =>
    readAnswer(
      await api.app.request(`/api/sandbox/time${query}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ object, by: 'PT1S' }),
      }),
    );
  expect((await post(`Bearer ${merchant.apiKey}`)).status).toBe(200);
  expect((await post(basic(`${merchant.apiKey}:`))).status).toBe(200);
  expect((await post('Bearer unknown')).status).toBe(401);
  expect((await post(`Bearer ${both.secret}`)).body).toEqual(refused("Profile can't be blank"));
  expect((await post(`Bearer ${both.secret}`, '?profile_id=x')).body).toEqual(refused('Profile is invalid'));
  expect((await post(`Bearer ${both.secret}`, '?profile_id=1')).body).toEqual(NOT_FOUND);
  expect((await post(`Bearer ${both.secret}`, `?profile_id=${second.id}`)).body).toEqual(NOT_FOUND);
  expect((await post(basic(both.secret), `?profile_id=${merchant.profile.id}`)).status).toBe(200);
  await receiver.close();
});
