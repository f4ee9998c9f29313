import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideBankVerification } from '#services/bank-verification/decide.ts';
import { getBankVerification } from '#services/bank-verification/read.ts';
import { createMerchant } from '#services/merchant/create.ts';
import { verifyMerchant } from '#services/merchant/verify.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { type ApiClient, clientOf, openApi, type TestApi } from '../fixtures/api.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { drawPicture } from '../fixtures/picture.ts';
import { readCurl } from '../fixtures/seed-curl.ts';
import { SEED_SAMPLES, type SeedSample } from '../fixtures/seed-samples.ts';

const RECIPIENTS = ['verified@account.com', 'verified2@account.com'];
const PUBLIC_URL = 'https://pay.kekal.test';

let bed: Testbed;
let api: TestApi;
let file: Buffer;
beforeAll(async () => {
  bed = await openTestbed({ KEKAL_PUBLIC_URL: PUBLIC_URL });
  api = openApi(bed);
  file = await drawPicture({ width: 24, height: 24 });
  const system = bed.deps.systemCtx();
  for (const email of RECIPIENTS) {
    const { id } = await createMerchant(system, { name: email, kind: 'company', email });
    await verifyMerchant(system, { merchantId: id });
  }
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

/**
 * Where our answers may differ from the samples, and nowhere else. Those of callbacks and payouts have their own tests.
 * Source: billplz-api.md 7.1.
 */
const PERMITTED_DEVIATIONS = {
  /** `"reference_1": Jordan`, `"thumb_url": https://sample.net/...`, `"completed_at": ,` are no JSON: texts and null. */
  notJson: (text: string) =>
    text
      .replace(/": *(Jordan|Michael|https:\/\/sample\.net\/[\w./]+)/g, '": "$1"')
      .replace(/"completed_at": *,/g, '"completed_at": null,'),
  /** A bill ends with `description`, ours goes on with `paid_at`; the other keys keep their order. */
  moreKeys: (request: string) =>
    /^(POST|GET) \/v3\/bills(\/\{BILL_ID\})?$/.test(request) ? ['paid_at'] : [],
  /** Values that are ours to choose: ids have other forms, URLs our host, dates their day, `due_at` is today. */
  ownValues:
    /^(id|bill_id|collection_id|url|retina_url|avatar_url|thumb_url|due_at|authorization_date|processed_at|completed_at)$/,
  /** Bank `MBU0227` stands in no table of the seed and is never listed; inactive ones depend on the day. */
  banks: 'banks',
  /** The set of payment methods is longer than the sample's. */
  longerSet: 'payment_methods',
} as const;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every difference in keys, order, types, nullness and values that is not permitted. */
function differences(sample: Json, ours: Json, request: string, path = ''): string[] {
  if (isList(sample) && isList(ours)) {
    const { banks, longerSet } = PERMITTED_DEVIATIONS;
    if (path === banks)
      return ours.flatMap((bank, n) => differencesOfBank(sample, bank, request, `${path}.${n}`));
    const same = path === longerSet ? sample.map((item) => itemLike(item, ours)) : ours;
    if (same.length !== sample.length) return [`${path}: ${same.length} items instead of ${sample.length}`];
    return sample.flatMap((item, n) => differences(item, same[n] ?? null, request, `${path}.${n}`));
  }
  if (kindOf(sample) !== kindOf(ours)) return [`${path}: ${kindOf(ours)} instead of ${kindOf(sample)}`];
  if (typeof sample !== 'object' || sample === null) {
    const isOwn = PERMITTED_DEVIATIONS.ownValues.test(path.split('.').at(-1) ?? '');
    return isOwn || sample === ours
      ? []
      : [`${path}: ${JSON.stringify(ours)} instead of ${JSON.stringify(sample)}`];
  }
  const [theirs, our] = [sample, ours] as [Record<string, Json>, Record<string, Json>];
  const more = path === '' ? PERMITTED_DEVIATIONS.moreKeys(request) : [];
  const expected = [...Object.keys(theirs), ...more].join();
  const found = Object.keys(our).join();
  if (found !== expected) return [`${path}: keys ${found} instead of ${expected}`];
  return Object.entries(theirs).flatMap(([key, item]) =>
    differences(item, our[key] ?? null, request, path === '' ? key : `${path}.${key}`),
  );
}

function differencesOfBank(sample: readonly Json[], bank: Json, request: string, path: string): string[] {
  const [first] = sample as readonly { name: string; active: boolean }[];
  const { name, active } = bank as { name: string; active: boolean };
  return differences({ ...first, name, active }, bank, request, path);
}

/** Ours of the same code; the order among those of the sample is that of the table. */
function itemLike(item: Json, ours: readonly Json[]): Json {
  const codeOf = (each: Json) => (each as { code?: string } | null)?.code;
  return ours.find((each) => codeOf(each) === codeOf(item)) ?? null;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (isList(value)) return 'list';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

interface Scene {
  readonly merchant: TestMerchant;
  readonly client: ApiClient;
  /** Sends the request of another sample. */
  play(
    line: number,
    example?: SeedSample['example'],
    change?: (curl: string) => string,
  ): Promise<{ id: string }>;
}

/** What must be there before a request, and what stands for the ids in it. */
type Setting = (scene: Scene) => Promise<Readonly<Record<string, string>>>;

const nothing: Setting = async () => ({});
const FULL_PAGE = 15;

async function times<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let n = 0; n < count; n += 1) done.push(await work(n));
  return done;
}

const oneCollection: Setting = async (scene) => ({ inbmmepb: (await scene.play(1, 'required')).id });

const secondPage: Setting = async (scene) => {
  await times(1 + FULL_PAGE, () => scene.play(1, 'required'));
  return {};
};

/** The index shows a collection with every option but the split header, which is off there. */
function openIndex(line: number, page: 1 | 2): Setting {
  return async (scene) => {
    await scene.play(line, 'optional', (curl) => curl.replace(/(split_header\]?)=true/, '$1=false'));
    if (page === 2) await times(FULL_PAGE, () => scene.play(line, 'required'));
    return {};
  };
}

async function billOf(scene: Scene): Promise<{ id: string }> {
  const collection = await scene.play(1, 'required');
  return scene.play(9, 'optional', (curl) => curl.replaceAll('inbmmepb', collection.id));
}

async function account(scene: Scene, fields: Record<string, string>): Promise<void> {
  const { status } = await scene.client.post('/api/v3/bank_verification_services', fields);
  expect(status).toBe(200);
}

const SARA = { name: 'sara', id_no: '820909101001', acc_no: '1234567890', code: 'MBBEMYKL' };
const DILA = {
  name: 'dila',
  id_no: '820909101002',
  acc_no: '2234567890',
  code: 'MBBEMYKL',
  organization: 'true',
};

async function verify(scene: Scene, accNo: string): Promise<void> {
  const { id } = await getBankVerification(scene.merchant.ctx, accNo);
  await decideBankVerification(await bed.deps.profileCtx(scene.merchant.profile.id), {
    id,
    verdict: 'verified',
  });
}

async function paidAfterFailure(scene: Scene): Promise<Readonly<Record<string, string>>> {
  const { id } = await billOf(scene);
  for (const outcome of ['failed', 'success']) {
    const { status } = await scene.client.post(`/api/sandbox/bills/${id}/payments`, { outcome });
    expect(status).toBe(200);
  }
  return { inbmmepb: id };
}

async function onlyPaypal(scene: Scene): Promise<Readonly<Record<string, string>>> {
  const { id } = await scene.play(1, 'required');
  const methods = { payment_methods: [{ code: 'paypal' }] };
  await scene.client.send('PUT', `/api/v3/collections/${id}/payment_methods`, methods);
  return { '0idsxnh5': id };
}

/** By line of the checklist and example. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  '1 required': nothing,
  '1 optional': nothing,
  '2 ': oneCollection,
  '3 required': oneCollection,
  '3 optional': secondPage,
  '4 required': nothing,
  '4 optional': nothing,
  '5 ': async (scene) => ({ '0pp87t_6': (await scene.play(4, 'required')).id }),
  '6 required': openIndex(4, 1),
  '6 optional': openIndex(4, 2),
  '7 ': async (scene) => ({ qag4fe_o6: (await scene.play(1, 'required')).id }),
  '8 ': async (scene) => {
    const { id } = await scene.play(1, 'required');
    await scene.client.post(`/api/v3/collections/${id}/deactivate`);
    return { qag4fe_o6: id };
  },
  '9 required': oneCollection,
  '9 optional': oneCollection,
  '10 ': async (scene) => ({ '8X0Iyzaw': (await billOf(scene)).id }),
  '11 ': async (scene) => ({ '{BILL_ID}': (await billOf(scene)).id }),
  '12 ': async (scene) => {
    await account(scene, SARA);
    await verify(scene, SARA.acc_no);
    return {};
  },
  '13 required': paidAfterFailure,
  '13 optional': paidAfterFailure,
  '14 ': onlyPaypal,
  '15 ': onlyPaypal,
  '16 ': async (scene) => {
    await account(scene, SARA);
    await account(scene, DILA);
    await verify(scene, DILA.acc_no);
    return {};
  },
  '17 ': async (scene) => {
    await account(scene, SARA);
    return {};
  },
  '18 ': nothing,
  '19 ': nothing,
  '20 required': nothing,
  '20 optional': nothing,
  '21 ': async (scene) => {
    const plain = (curl: string) => curl.replace('My First V4 API Collection', 'My First API Collection');
    const withoutLogo = (curl: string) => plain(curl).replace('-F logo=@uploadPhoto.png', '-F logo=');
    return { inbmmepb: (await scene.play(20, 'optional', withoutLogo)).id };
  },
  '22 required': async (scene) => retitled(scene, 1),
  '22 optional': async (scene) => retitled(scene, 1 + FULL_PAGE),
  '23 required': nothing,
  '23 optional': nothing,
  '24 ': async (scene) => ({ '0pp87t_6': (await scene.play(23, 'required')).id }),
  '25 required': openIndex(23, 1),
  '25 optional': openIndex(23, 2),
  '30 ': nothing,
};

/** The samples of the v4 index show the title of v3. */
async function retitled(scene: Scene, count: number): Promise<Readonly<Record<string, string>>> {
  await times(count, () =>
    scene.play(20, 'required', (curl) =>
      curl.replace('My First V4 API Collection', 'My First API Collection'),
    ),
  );
  return {};
}

async function openScene(): Promise<Scene> {
  const merchant = await newMerchant(bed);
  const client = clientOf(api, merchant.apiKey);
  return {
    merchant,
    client,
    async play(line, example = null, change = (curl) => curl) {
      const sample = SEED_SAMPLES.find((each) => each.line === line && each.example === example);
      const { method, path, body } = readCurl(change(sample?.curl ?? ''), file);
      const answer = await client.send(method, path, body);
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
      return answer.body as { id: string };
    },
  };
}

describe('a client written for the seed', () => {
  test.each(SEED_SAMPLES.map((sample) => [nameOf(sample), sample] as const))('%s', async (_name, sample) => {
    const scene = await openScene();
    const setting = SETTINGS[`${sample.line} ${sample.example ?? ''}`];
    if (!setting) throw new Error(`sample ${sample.line} ${sample.example} has no setting`);
    let { curl } = sample;
    for (const [theirs, ours] of Object.entries(await setting(scene))) curl = curl.replaceAll(theirs, ours);
    const { method, path, body } = readCurl(curl, file);
    const answer = await scene.client.send(method, path, body);
    expect(answer.status).toBe(200);
    const expected = JSON.parse(PERMITTED_DEVIATIONS.notJson(sample.response)) as Json;
    expect(differences(expected, answer.body as Json, sample.request)).toEqual([]);
  });

  test('every line of the checklist from 1 to 25, and 30, is a sample', () => {
    const lines = new Set(SEED_SAMPLES.map(({ line }) => line));
    expect([...lines]).toEqual([...Array.from({ length: 25 }, (_, n) => n + 1), 30]);
  });

  test('the rank is written with one decimal, as in the seed', async () => {
    const { client } = await openScene();
    const sample = SEED_SAMPLES.find(({ line }) => line === 30);
    expect((await client.get('/api/v4/webhook_rank')).text).toBe(sample?.response.replace(/\s/g, ''));
  });

  test('no bank of ours is the one that stands in no table of the seed', async () => {
    const { client } = await openScene();
    expect((await client.get('/api/v3/fpx_banks')).text).not.toContain('MBU0227');
  });
});

test('the comparison finds another order, a missing key, another type, a null and another value', () => {
  const request = 'GET /v3/collections';
  const sample = { a: 1, b: { c: 'x', d: null } };
  expect(differences(sample, { a: 1, b: { c: 'x', d: null } }, request)).toEqual([]);
  for (const ours of [
    { b: { c: 'x', d: null }, a: 1 },
    { a: 1 },
    { a: '1', b: { c: 'x', d: null } },
    { a: 1, b: { c: null, d: null } },
    { a: 1, b: { c: 'x', d: 'y' } },
    { a: 1, b: { c: 'y', d: null } },
    { a: 1, b: { c: 'x', d: null }, e: 1 },
    { a: 1, b: { c: 'x', d: null }, paid_at: null },
  ]) {
    expect(differences(sample, ours, request)).toHaveLength(1);
  }
});

function nameOf({ line, request, example }: SeedSample): string {
  const arguments_ = { required: ' with required arguments only', optional: ' with optional arguments' };
  return `line ${line}: ${request}${example === null ? '' : arguments_[example]}`;
}
