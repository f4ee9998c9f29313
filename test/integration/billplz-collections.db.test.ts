import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { type ApiClient, clientOf, NOT_FOUND, openApi, refused, type TestApi } from '../fixtures/api.ts';
import { footprint } from '../fixtures/footprint.ts';
import { type MerchantOptions, newMerchant } from '../fixtures/merchant.ts';
import { openUp } from '../fixtures/open-up.ts';
import { shapeOf } from '../fixtures/shape-of.ts';

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

async function integrator(options: MerchantOptions = {}) {
  const merchant = await newMerchant(bed, options);
  return { merchant, client: clientOf(api, merchant.apiKey) };
}

function multipartOf(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

const NO_LOGO = { thumb_url: null, avatar_url: null };

test('v3 answers the seed’s first sample key by key', async () => {
  const { client } = await integrator();
  const created = await client.post(
    '/api/v3/collections',
    multipartOf([['title', 'My First API Collection']]),
  );
  const sample = {
    id: 'inbmmepb',
    title: 'My First API Collection',
    logo: NO_LOGO,
    split_payment: { email: null, fixed_cut: null, variable_cut: null, split_header: false },
  };
  expect(created.status).toBe(200);
  expect(created.body).toEqual({ ...sample, id: created.body.id });
  expect(shapeOf(created.body)).toEqual(shapeOf(sample));
  expect(created.body.id).toMatch(/^[0-9a-z]{8}$/);

  const read = await client.get(`/api/v3/collections/${String(created.body.id)}`);
  expect(shapeOf(read.body)).toEqual(shapeOf({ ...sample, status: 'active' }));
  const index = await client.get('/api/v3/collections');
  expect(index.body).toEqual({ collections: [read.body], page: 1 });
  expect(Object.keys(index.body)).toEqual(['collections', 'page']);
});

test('v3 keeps one recipient of a verified company, and shows the cut as a number', async () => {
  const { client } = await integrator();
  const other = await newMerchant(bed);
  const created = await client.post(
    '/api/v3/collections',
    multipartOf([
      ['title', 'My First API Collection'],
      ['split_payment[email]', other.email.toUpperCase()],
      ['split_payment[fixed_cut]', '100'],
      ['split_payment[split_header]', 'true'],
    ]),
  );
  expect(created.body.split_payment).toEqual({
    email: other.email,
    fixed_cut: 100,
    variable_cut: null,
    split_header: true,
  });
});

const V4_SPLITS = (one: string, other: string) =>
  [
    ['split_payments[][email]', one],
    ['split_payments[][fixed_cut]', '100'],
    ['split_payments[][variable_cut]', '2'],
    ['split_payments[][stack_order]', '0'],
    ['split_payments[][email]', other],
    ['split_payments[][fixed_cut]', '200'],
    ['split_payments[][variable_cut]', '3'],
    ['split_payments[][stack_order]', '1'],
  ] as const;

test('v4 nests two recipients by Rack’s rules in every encoding, and v3 shows the first of them', async () => {
  const { client } = await integrator();
  const [one, other] = [await newMerchant(bed), await newMerchant(bed)];
  const fields = [['title', 'My First V4 API Collection'], ...V4_SPLITS(one.email, other.email)] as const;
  const form = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const sample = {
    id: 'inbmmepb',
    title: 'My First V4 API Collection',
    logo: NO_LOGO,
    split_header: false,
    split_payments: [
      { email: one.email, fixed_cut: 100, variable_cut: 2, stack_order: 0 },
      { email: other.email, fixed_cut: 200, variable_cut: 3, stack_order: 1 },
    ],
  };
  const answers = [
    await client.post('/api/v4/collections', multipartOf(fields)),
    await client.post('/api/v4/collections', form),
    await client.post('/api/v4/collections', form.replaceAll('[', '%5B').replaceAll(']', '%5D')),
    await client.post(`/api/v4/collections?${form}`),
    await client.post('/api/v4/collections', { title: sample.title, split_payments: sample.split_payments }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual({ ...sample, id: body.id });
    expect(shapeOf(body)).toEqual(shapeOf(sample));
  }
  const id = String(answers[0]?.body.id);
  expect((await client.get(`/api/v4/collections/${id}`)).body).toEqual({ ...sample, id, status: 'active' });
  expect((await client.get(`/api/v3/collections/${id}`)).body.split_payment).toEqual({
    email: one.email,
    fixed_cut: 100,
    variable_cut: 2,
    split_header: false,
  });
  const plain = await client.post('/api/v4/collections', { title: 'Plain' });
  expect(plain.body).toMatchObject({ split_header: false, split_payments: [] });
});

test('a recipient is another merchant here that is a verified company', async () => {
  const { client, merchant } = await integrator();
  const personal = await newMerchant(bed, { kind: 'personal' });
  const unverified = await newMerchant(bed, { verified: false });
  const before = await footprint(bed, merchant.profile.id);
  for (const email of [personal.email, unverified.email, merchant.email, 'nobody@merchant.test']) {
    const answer = await client.post('/api/v3/collections', {
      title: 'A',
      split_payment: { email, variable_cut: 1 },
    });
    expect([answer.status, answer.body]).toEqual([422, refused('Account is not eligible')]);
  }
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test.each([
  ['a merchant that is not verified', { verified: false }, 'Account is not eligible'],
  ['a merchant that is no company', { kind: 'personal' }, 'Account is not eligible'],
  ['a profile in another currency', { currency: 'SGD' }, 'do not support currency'],
] as const)('%s makes no collection', async (_what, options, sentence) => {
  const { client, merchant } = await integrator(options);
  const before = await footprint(bed, merchant.profile.id);
  const answer = await client.post('/api/v3/collections', { title: 'A' });
  expect([answer.status, answer.body]).toEqual([422, refused(sentence)]);
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

async function idOf(client: ApiClient, title: string): Promise<string> {
  return String((await client.post('/api/v3/collections', { title })).body.id);
}

test('a collection goes inactive and active again, and says when it is there already', async () => {
  const { client, merchant } = await integrator();
  const id = await idOf(client, 'A');
  const path = `/api/v3/collections/${id}`;
  expect((await client.post(`${path}/activate`)).body).toEqual(refused(`${id} cannot be activated.`));
  expect((await client.post(`${path}/deactivate`)).text).toBe('{}');
  expect((await client.get(path)).body.status).toBe('inactive');
  const before = await footprint(bed, merchant.profile.id);
  expect((await client.post(`${path}/deactivate`)).body).toEqual(refused(`${id} cannot be deactivated.`));
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
  expect((await client.post(`${path}/activate`)).text).toBe('{}');
  expect((await client.get(path)).body.status).toBe('active');
});

test('pages hold 15, newest first; a page past the end is empty; what is no page is the first', async () => {
  const { client } = await integrator();
  const ids: string[] = [];
  for (let i = 0; i < 17; i += 1) ids.unshift(await idOf(client, `Collection ${i}`));
  await client.post(`/api/v3/collections/${ids[3]}/deactivate`);
  const page = async (query: string) => {
    const { body } = await client.get(`/api/v4/collections${query}`);
    return { ids: (body.collections as { id: string }[]).map(({ id }) => id), page: body.page };
  };
  expect(await page('')).toEqual({ ids: ids.slice(0, 15), page: 1 });
  expect(await page('?page=2')).toEqual({ ids: ids.slice(15), page: 2 });
  expect(await page('?page=3')).toEqual({ ids: [], page: 3 });
  for (const none of ['0', '-1', 'x', '1.5', '']) {
    expect(await page(`?page=${none}`)).toEqual({ ids: ids.slice(0, 15), page: 1 });
  }
  expect(await page('?status=inactive')).toEqual({ ids: [ids[3]], page: 1 });
  expect((await page('?status=active&page=2')).ids).toEqual(ids.slice(16));
  expect((await client.get('/api/v3/collections?status=closed')).body).toEqual(
    refused('Status is not included in the list'),
  );
});

test('what belongs to another profile, or is an open collection, is not there', async () => {
  const { client, merchant } = await integrator();
  const stranger = await integrator();
  const foreign = await idOf(stranger.client, 'Foreign');
  const open = await idOf(client, 'Open');
  await openUp(bed, open);
  for (const id of [foreign, open, 'unknown']) {
    expect((await client.get(`/api/v3/collections/${id}`)).body).toEqual(NOT_FOUND);
    expect((await client.get(`/api/v4/collections/${id}`)).body).toEqual(NOT_FOUND);
  }
  const before = await footprint(bed, stranger.merchant.profile.id);
  expect((await client.post(`/api/v3/collections/${foreign}/deactivate`)).body).toEqual(NOT_FOUND);
  expect(await footprint(bed, stranger.merchant.profile.id)).toEqual(before);
  expect((await client.get('/api/v3/collections')).body.collections).toEqual([]);
  expect((await client.post(`/api/v3/collections/${open}/deactivate`)).text).toBe('{}');
  expect(merchant.profile.id).not.toBe(stranger.merchant.profile.id);
});
