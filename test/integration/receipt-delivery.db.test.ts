import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCollection } from '#services/collection/create.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { clientOf, NOT_FOUND, openApi, type TestApi } from '../fixtures/api.ts';
import { newMerchant } from '../fixtures/merchant.ts';

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

test('a collection follows its profile until it is told otherwise, and again when it is told so', async () => {
  const merchant = await newMerchant(bed);
  const { id } = await createCollection(merchant.ctx, { title: 'Receipts' });
  const client = clientOf(api, merchant.apiKey);
  const at = `/api/v4/collections/${id}/customer_receipt_delivery`;
  const said: unknown[] = [(await client.get(at)).body];
  for (const word of ['activate', 'activate', 'deactivate', 'global']) {
    const answer = await client.post(`${at}/${word}`);
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '{}' });
    said.push((await client.get(at)).body);
  }
  expect(said).toEqual(
    ['global', 'active', 'active', 'inactive', 'global'].map((word) => ({
      id,
      customer_receipt_delivery: word,
    })),
  );
});

test('another profile’s collection and an unknown one are not found', async () => {
  const merchant = await newMerchant(bed);
  const stranger = await newMerchant(bed);
  const { id } = await createCollection(merchant.ctx, { title: 'Receipts' });
  const client = clientOf(api, stranger.apiKey);
  for (const each of [id, 'nothere1']) {
    const at = `/api/v4/collections/${each}/customer_receipt_delivery`;
    for (const answer of [await client.get(at), await client.post(`${at}/activate`)]) {
      expect({ status: answer.status, body: answer.body }).toEqual({ status: 404, body: NOT_FOUND });
    }
  }
});
