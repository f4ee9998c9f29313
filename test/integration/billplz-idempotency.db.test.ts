import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimIdempotencyKey } from '#db/idempotency.repository.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { type Answer, clientOf, openApi, refused, type TestApi } from '../fixtures/api.ts';
import { newBill } from '../fixtures/bill.ts';
import { footprint } from '../fixtures/footprint.ts';
import { newMerchant } from '../fixtures/merchant.ts';
import { asOwner } from '../fixtures/sql.ts';

let bed: Testbed;
let api: TestApi;
beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

async function integrator(of: { bed: Testbed; api: TestApi } = { bed, api }) {
  const merchant = await newMerchant(of.bed);
  const client = clientOf(of.api, merchant.apiKey);
  const { id } = (await client.post('/api/v3/collections', { title: 'A' })).body;
  const bill = {
    collection_id: String(id),
    email: 'api@billplz.com',
    name: 'Michael API V3',
    amount: 200,
    callback_url: 'http://example.com/webhook/',
    description: 'Maecenas eu placerat ante.',
  };
  return { merchant, client, bill };
}

const key = (value: string) => ({ 'idempotency-key': value });
const replayed = ({ headers }: Answer) => headers.get('idempotent-replayed');

test('50 equal POSTs at once make one bill and get 50 equal answers', async () => {
  const { client, merchant, bill } = await integrator();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => client.post('/api/v3/bills', bill, key('order-1'))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter((answer) => replayed(answer) === 'true')).toHaveLength(49);
  expect((await footprint(bed, merchant.profile.id)).bills).toBe(1);
});

test('the same request in another encoding is the same request; other parameters are refused', async () => {
  const { client, merchant, bill } = await integrator();
  const first = await client.post('/api/v3/bills', bill, key('k'));
  const form = new URLSearchParams(Object.entries(bill).map(([name, value]) => [name, String(value)]));
  const again = await client.post('/api/v3/bills', form.toString(), key('k'));
  expect([again.text, replayed(again)]).toEqual([first.text, 'true']);
  const before = await footprint(bed, merchant.profile.id);
  const other = await client.post('/api/v3/bills', { ...bill, amount: 201 }, key('k'));
  expect([other.status, other.body]).toEqual([
    422,
    refused('Idempotency key was used with different parameters'),
  ]);
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test('a key belongs to one profile, method and path', async () => {
  const { client, bill } = await integrator();
  const other = await integrator();
  const made = await client.post('/api/v3/bills', bill, key('k'));
  const elsewhere = await other.client.post('/api/v3/bills', other.bill, key('k'));
  const collection = await client.post('/api/v3/collections', { title: 'B' }, key('k'));
  const path = `/api/v3/bills/${String(made.body.id)}`;
  const deleted = await client.delete(path, key('k'));
  expect([made, elsewhere, collection, deleted].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect([made, elsewhere, collection, deleted].map(replayed)).toEqual([null, null, null, null]);
  expect([(await client.delete(path, key('k'))).text, replayed(await client.delete(path, key('k')))]).toEqual(
    ['{}', 'true'],
  );
});

test('an error is not kept: the same key works once the request does', async () => {
  const { client, merchant, bill } = await integrator();
  const before = await footprint(bed, merchant.profile.id);
  const missing = { ...bill, collection_id: 'unknown' };
  expect((await client.post('/api/v3/bills', missing, key('k'))).status).toBe(404);
  expect((await client.post('/api/v3/bills', { ...bill, name: '' }, key('k'))).status).toBe(422);
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
  const done = await client.post('/api/v3/bills', bill, key('k'));
  expect([done.status, replayed(done)]).toEqual([200, null]);
});

test('a repeated action gives its first answer instead of a refusal', async () => {
  const { client, bill } = await integrator();
  const path = `/api/v3/collections/${bill.collection_id}/deactivate`;
  expect((await client.post(path, undefined, key('k'))).text).toBe('{}');
  const again = await client.post(path, undefined, key('k'));
  expect([again.status, again.text, replayed(again)]).toEqual([200, '{}', 'true']);
});

test('a key is forgotten after 30 days', async () => {
  const { client, merchant, bill } = await integrator();
  const first = await client.post('/api/v3/bills', bill, key('k'));
  await asOwner(
    bed,
    `update idempotency_keys set created_at = now() - interval '30 days' where profile_id = $1`,
    [merchant.profile.id],
  );
  const second = await client.post('/api/v3/bills', { ...bill, amount: 300 }, key('k'));
  expect([second.status, replayed(second)]).toEqual([200, null]);
  expect(second.body.id).not.toBe(first.body.id);
  expect(replayed(await client.post('/api/v3/bills', { ...bill, amount: 300 }, key('k')))).toBe('true');
});

test('a first request that runs for more than 10 s makes the second one 503 with Retry-After', async () => {
  const { client, merchant, bill } = await integrator();
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const claimed = Promise.withResolvers<void>();
  const first = merchant.ctx.inTransaction(async (tx) => {
    const scope = { profileId: merchant.profile.id, method: 'POST', path: '/api/v3/bills', key: 'slow' };
    await claimIdempotencyKey(tx, { ...scope, requestHash: Buffer.alloc(32), atMs: Date.now() });
    claimed.resolve();
    await finished;
  });
  await claimed.promise;
  const answer = await client.post('/api/v3/bills', bill, key('slow'));
  finish();
  await first;
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await footprint(bed, merchant.profile.id)).bills).toBe(0);
});

test('a pool of one connection serves the whole API', async () => {
  const narrow = await openTestbed({ KEKAL_DATABASE_POOL_MAX: '1' });
  const narrowApi = openApi(narrow);
  const { client, merchant, bill } = await integrator({ bed: narrow, api: narrowApi });
  const made = await Promise.all([
    ...Array.from({ length: 5 }, () => client.post('/api/v3/bills', bill, key('k'))),
    ...Array.from({ length: 5 }, () => client.post('/api/v3/bills', bill)),
  ]);
  expect(made.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
  expect((await footprint(narrow, merchant.profile.id)).bills).toBe(6);
  const mine = await newBill(merchant);
  const path = `/api/v3/bills/${mine.id}`;
  const answers = [
    await client.post(`/api/sandbox/bills/${mine.id}/payments`, { outcome: 'success' }, key('p')),
    await client.get(path),
    await client.get(`${path}/transactions`),
    await client.get('/api/v3/collections'),
    await client.get('/api/v4/collections'),
    await client.get(`/api/v4/collections/${bill.collection_id}`),
    await client.post(`/api/v3/collections/${bill.collection_id}/deactivate`, undefined, key('d')),
    await client.post(`/api/v3/collections/${bill.collection_id}/activate`),
    await client.delete(`/api/v3/bills/${String(made[9]?.body.id)}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(9).fill(200));
  expect(answers[0]?.body).toMatchObject({ id: mine.id, state: 'paid' });
  await narrowApi.close();
  await narrow.close();
});
