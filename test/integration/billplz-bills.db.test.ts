import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { clientOf, NOT_FOUND, openApi, refused, type TestApi } from '../fixtures/api.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { footprint } from '../fixtures/footprint.ts';
import { type MerchantOptions, newMerchant } from '../fixtures/merchant.ts';
import { openUp } from '../fixtures/open-up.ts';
import { shapeOf } from '../fixtures/shape-of.ts';
import { asOwner } from '../fixtures/sql.ts';
import { dayIn } from '#domain/calendar/zone.ts';

let bed: Testbed;
let api: TestApi;
beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed, { publicUrl: 'https://pay.example' });
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

async function integrator(options: MerchantOptions = {}) {
  const merchant = await newMerchant(bed, options);
  const client = clientOf(api, merchant.apiKey);
  const created = await client.post('/api/v3/collections', { title: 'A' });
  return { merchant, client, collectionId: String(created.body.id) };
}

/** The seed's request with required arguments only. */
const required = (collectionId: string) => ({
  collection_id: collectionId,
  description: 'Maecenas eu placerat ante.',
  email: 'api@billplz.com',
  name: 'Michael API V3',
  amount: '200',
  callback_url: 'http://example.com/webhook/',
});

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** The seed's answer to it; `paid_at` is ours. */
const SAMPLE = {
  id: '8X0Iyzaw',
  collection_id: 'inbmmepb',
  paid: false,
  state: 'due',
  amount: 200,
  paid_amount: 0,
  due_at: '2015-3-9',
  email: 'api@billplz.com',
  mobile: null,
  name: 'MICHAEL API V3',
  url: 'https://www.billplz.com/bills/8X0Iyzaw',
  reference_1_label: 'Reference 1',
  reference_1: null,
  reference_2_label: 'Reference 2',
  reference_2: null,
  redirect_url: null,
  callback_url: 'http://example.com/webhook/',
  description: 'Maecenas eu placerat ante.',
  paid_at: null,
};

test('the seed’s request with required arguments gets its answer key by key', async () => {
  const { client, collectionId } = await integrator();
  const { status, body } = await client.post('/api/v3/bills', form(required(collectionId)));
  expect(status).toBe(200);
  expect(shapeOf(body)).toEqual(shapeOf(SAMPLE));
  const today = dayIn('Asia/Kuala_Lumpur', Date.now()).split('-').map(Number).join('-');
  expect(body).toEqual({
    ...SAMPLE,
    id: body.id,
    collection_id: collectionId,
    due_at: today,
    url: `https://pay.example/bills/${String(body.id)}`,
  });
  expect(body.id).toMatch(/^[0-9a-f]{16}$/);
  expect((await client.get(`/api/v3/bills/${String(body.id)}`)).body).toEqual(body);
});

test('the seed’s request with optional arguments gets its answer key by key', async () => {
  const { client, collectionId } = await integrator();
  const { body } = await client.post(
    '/api/v3/bills',
    form({
      ...required(collectionId),
      due_at: '2020-12-31',
      mobile: '+60112223333',
      reference_1_label: 'First Name',
      reference_2_label: 'Last Name',
      reference_1: 'Jordan',
      reference_2: 'Michael',
      deliver: 'false',
      redirect_url: 'http://example.com/redirect/',
    }),
  );
  expect(body).toMatchObject({
    due_at: '2020-12-31',
    mobile: '+60112223333',
    reference_1_label: 'First Name',
    reference_1: 'Jordan',
    reference_2_label: 'Last Name',
    reference_2: 'Michael',
    redirect_url: 'http://example.com/redirect/',
  });
  expect(Object.keys(body)).toEqual(Object.keys(SAMPLE));
});

test('a name of 255 code points is kept, however many bytes they take', async () => {
  const { client, collectionId } = await integrator();
  const answer = await client.post('/api/v3/bills', { ...required(collectionId), name: '𝒩'.repeat(255) });
  expect([answer.status, answer.body.name]).toEqual([200, '𝒩'.repeat(255)]);
  const over = await client.post('/api/v3/bills', { ...required(collectionId), name: '𝒩'.repeat(256) });
  expect(over.body).toEqual(refused('Name is too long (maximum is 255 characters)'));
});

test('a reference or a phone that looks like a card number is kept, a description is not', async () => {
  const { client, collectionId } = await integrator();
  const number = '4111111111111111';
  const kept = await client.post('/api/v3/bills', { ...required(collectionId), reference_1: number });
  expect(kept.body.reference_1).toBe(number);
  const other = await client.post('/api/v3/bills', { ...required(collectionId), description: number });
  expect(other.body).toEqual(refused('Card data is not accepted'));
});

test.each([
  [
    'everything missing',
    { collection_id: '', description: '', email: '', name: '', amount: '', callback_url: '' },
    [
      "Collection can't be blank",
      "Email can't be blank",
      "Mobile can't be blank",
      "Name can't be blank",
      "Amount can't be blank",
      "Callback url can't be blank",
      "Description can't be blank",
    ],
  ],
  ['an e-mail without domain', { email: 'api@billplz' }, ['Email is invalid']],
  ['a mobile that cannot be', { mobile: '+6011' }, ['Mobile is invalid']],
  ['an amount of nothing', { amount: '0' }, ['Amount must be greater than 0']],
  ['an amount with a fraction', { amount: '2.5' }, ['Amount must be an integer']],
  ['an amount in words', { amount: 'two' }, ['Amount is not a number']],
  ['too great an amount', { amount: '100000000000' }, ['Amount must be less than or equal to 99999999999']],
  ['a day that is none', { due_at: '2026-02-30' }, ['Due at is invalid']],
  ['a redirect that is no URL', { redirect_url: 'javascript:alert(1)' }, ['Redirect url is invalid']],
  ['a wish that is no yes or no', { deliver: 'maybe' }, ['Deliver is not included in the list']],
  [
    'labels and references too long',
    { reference_1_label: 'x'.repeat(21), reference_2: 'x'.repeat(121) },
    [
      'Reference 1 label is too long (maximum is 20 characters)',
      'Reference 2 is too long (maximum is 120 characters)',
    ],
  ],
] as const)('%s is refused in full sentences and changes nothing', async (_what, fields, sentences) => {
  const { client, merchant, collectionId } = await integrator();
  const before = await footprint(bed, merchant.profile.id);
  const answer = await client.post('/api/v3/bills', form({ ...required(collectionId), ...fields }));
  expect([answer.status, answer.body]).toEqual([422, refused(...sentences)]);
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test('an unknown, foreign or open collection is 404, and an id that cannot be one as well', async () => {
  const { client, merchant, collectionId } = await integrator();
  const stranger = await integrator();
  const open = String((await client.post('/api/v3/collections', { title: 'Open' })).body.id);
  await openUp(bed, open);
  const before = await footprint(bed, merchant.profile.id);
  for (const id of [stranger.collectionId, open, 'unknown', 'no id', 'x'.repeat(100)]) {
    const answer = await client.post('/api/v3/bills', { ...required(collectionId), collection_id: id });
    expect([answer.status, answer.body]).toEqual([404, NOT_FOUND]);
  }
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test('a bill wakes its inactive collection', async () => {
  const { client, collectionId } = await integrator();
  await client.post(`/api/v3/collections/${collectionId}/deactivate`);
  await client.post('/api/v3/bills', required(collectionId));
  expect((await client.get(`/api/v3/collections/${collectionId}`)).body.status).toBe('active');
});

test('a merchant that lost its verification collects no more', async () => {
  const { client, merchant, collectionId } = await integrator();
  await asOwner(bed, 'update merchants set verified_at = null where id = $1', [merchant.merchantId]);
  const answer = await client.post('/api/v3/bills', required(collectionId));
  expect([answer.status, answer.body]).toEqual([422, refused('Account is not eligible')]);
});

test('a paid bill says so, and cannot be deleted', async () => {
  const { client, merchant } = await integrator();
  const bill = await newBill(merchant);
  await pay(bed, merchant, bill);
  const { body } = await client.get(`/api/v3/bills/${bill.id}`);
  expect(body).toMatchObject({ paid: true, state: 'paid', amount: 200, paid_amount: 200 });
  expect(body.paid_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0800$/);
  const before = await footprint(bed, merchant.profile.id);
  const deleted = await client.delete(`/api/v3/bills/${bill.id}`);
  expect([deleted.status, deleted.body]).toEqual([422, refused("Paid bill can't be deleted")]);
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test('a deleted bill is hidden and still read; deleting it again changes nothing', async () => {
  const { client, merchant } = await integrator();
  const bill = await newBill(merchant);
  const first = await client.delete(`/api/v3/bills/${bill.id}`);
  expect([first.status, first.text]).toEqual([200, '{}']);
  expect((await client.get(`/api/v3/bills/${bill.id}`)).body).toMatchObject({ state: 'hidden', paid: false });
  const before = await footprint(bed, merchant.profile.id);
  expect((await client.delete(`/api/v3/bills/${bill.id}`)).text).toBe('{}');
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test('another profile’s bill is not there, to read, to list or to delete', async () => {
  const { client } = await integrator();
  const stranger = await newMerchant(bed);
  const bill = await newBill(stranger);
  const before = await footprint(bed, stranger.profile.id);
  expect((await client.get(`/api/v3/bills/${bill.id}`)).body).toEqual(NOT_FOUND);
  expect((await client.delete(`/api/v3/bills/${bill.id}`)).body).toEqual(NOT_FOUND);
  expect((await client.get(`/api/v3/bills/${bill.id}/transactions`)).body).toEqual(NOT_FOUND);
  expect(await footprint(bed, stranger.profile.id)).toEqual(before);
});

test('transactions come newest first, in the seed’s shape, narrowed by status', async () => {
  const { client, merchant } = await integrator();
  const bill = await newBill(merchant);
  const path = `/api/v3/bills/${bill.id}/transactions`;
  expect((await client.get(path)).body).toEqual({ bill_id: bill.id, transactions: [], page: 1 });
  const failed = await pay(bed, merchant, bill, 'fail');
  const pending = await pay(bed, merchant, bill, 'pending');
  const completed = await pay(bed, merchant, bill, 'success');

  const { body } = await client.get(path);
  expect(Object.keys(body)).toEqual(['bill_id', 'transactions', 'page']);
  const transactions = body.transactions as Record<string, unknown>[];
  expect(transactions.map(({ id, status }) => [id, status])).toEqual([
    [completed.id, 'completed'],
    [pending.id, 'pending'],
    [failed.id, 'failed'],
  ]);
  expect(Object.keys(transactions[0] ?? {})).toEqual(['id', 'status', 'completed_at', 'payment_channel']);
  expect(transactions[0]).toMatchObject({ payment_channel: 'FPX' });
  expect(transactions[0]?.id).toMatch(/^[0-9A-F]{12}$/);
  expect(transactions[0]?.completed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
  expect(transactions[1]?.completed_at).toBeNull();
  expect(transactions[2]?.completed_at).toBeNull();

  const narrowed = await client.get(`${path}?status=failed&page=1`);
  expect(narrowed.body).toEqual({ bill_id: bill.id, transactions: [transactions[2]], page: 1 });
  expect((await client.get(`${path}?page=2`)).body).toEqual({ bill_id: bill.id, transactions: [], page: 2 });
  expect((await client.get(`${path}?status=lost`)).body).toEqual(
    refused('Status is not included in the list'),
  );
});
