import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE, type Operation, type Sample } from '#api/openapi/operation.ts';
import { OPERATIONS } from '#api/openapi/operations.ts';
import { PARAMETER_TEXTS } from '#api/openapi/parameter-texts.ts';
import { rackPairs } from '#api/openapi/rack-pairs.ts';
import { createMerchant } from '#services/merchant/create.ts';
import { verifyMerchant } from '#services/merchant/verify.ts';
import { setProfile } from '#services/profile/set.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { type Answer, basic, clientOf, openApi, readAnswer, type TestApi } from '../fixtures/api.ts';
import { apiContract, pointerTo } from '../fixtures/api-contract.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { callbacksOf } from '../fixtures/owed-callback.ts';
import { drawPicture } from '../fixtures/picture.ts';
import { startReceiver, type Receiver } from '../fixtures/receiver.ts';

const contract = apiContract();

let bed: WorkerTestbed;
let api: TestApi;
let receiver: Receiver;
let picture: Buffer;
beforeAll(async () => {
  bed = await openWorkerTestbed();
  api = openApi(bed);
  receiver = await startReceiver(500);
  picture = await drawPicture({ width: 20, height: 10 });
  for (const email of ['verified@account.com', 'verified2@account.com']) {
    const system = bed.deps.systemCtx();
    const { id: merchantId } = await createMerchant(system, { name: email, kind: 'company', email });
    await verifyMerchant(system, { merchantId });
  }
});
afterAll(async () => {
  await receiver.close();
  await api.close();
  await bed.close();
});

function schemaProblems(document: unknown): string[] {
  const file = new URL('../fixtures/openapi-spec/schema.json', import.meta.url);
  // ajv looks for this anchor in the place that refers to it; nobody extends the schema, so it is a plain reference.
  const schema = readFileSync(file, 'utf8').replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"');
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(schema) as object,
  );
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the document is OpenAPI 3.1, and every schema in it JSON Schema 2020-12', () => {
  expect(schemaProblems(contract.document)).toEqual([]);
  expect(schemaProblems({ ...contract.document, paths: { '/x': { get: { responses: 1 } } } })).not.toEqual(
    [],
  );
  const ajv = new Ajv2020({ strict: false });
  const wrong = schemasIn(contract.document).filter((schema) => ajv.validateSchema(schema) !== true);
  expect(wrong).toEqual([]);
});

/** Whatever stands under `schema` or in the components' schemas. */
function schemasIn(node: unknown): object[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'schema') return [value as object];
    if (key === 'schemas') return Object.values(value as object) as object[];
    return schemasIn(value);
  });
}

const nameless = (path: string) => path.replace(/:\w+|\{\w+\}/g, '{}');

test('every route of the API is described, and every operation that is described has its route', () => {
  const routes = api.app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/api\/(?:v\d|sandbox)\//.test(path))
    .map(({ method, path }) => `${method} ${nameless(path.replace(/\/$/, ''))}`);
  const described = contract.operations().map(({ method, path }) => `${method} ${nameless(path)}`);
  expect(new Set(described)).toEqual(new Set(routes));
  expect(described).toHaveLength(OPERATIONS.length);
  expect(described.length).toBeGreaterThan(15);
});

test('operations have ids of their own, and every parameter is explained', () => {
  const ids = OPERATIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operation } of contract.operations()) {
    for (const { $ref, description, name } of operation.parameters)
      expect(description ?? $ref, `${operation.operationId} ${name}`).toBeTruthy();
    for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
      expect(unexplained(schema), operation.operationId).toEqual([]);
  }
  const used = JSON.stringify(contract.document);
  for (const [name, text] of Object.entries(PARAMETER_TEXTS))
    expect(used.includes(JSON.stringify(text)), name).toBe(true);
});

function unexplained(schema: object): string[] {
  const { properties = {}, items } = schema as {
    properties?: Record<string, { description?: string }>;
    items?: object;
  };
  const own = Object.entries(properties).flatMap(([name, property]) => [
    ...(property.description ? [] : [name]),
    ...unexplained(property),
  ]);
  return items ? [...own, ...unexplained(items)] : own;
}

test('every example is what its schema says', () => {
  for (const { method, path, operation } of contract.operations()) {
    const at = (...names: string[]) => pointerTo('paths', path, method.toLowerCase(), ...names);
    for (const [type, { examples = {} }] of Object.entries(operation.requestBody?.content ?? {})) {
      for (const { value } of Object.values(examples))
        expect(contract.problemsAt(at('requestBody', 'content', type, 'schema'), value), path).toEqual([]);
    }
    operation.parameters.forEach(({ example }, index) => {
      if (example === undefined) return;
      expect(contract.problemsAt(at('parameters', String(index), 'schema'), example), path).toEqual([]);
    });
    const [ok] = Object.entries(operation.responses['200']?.content ?? {});
    for (const { value } of Object.values(ok?.[1].examples ?? {}))
      expect(
        contract.problemsAt(at('responses', '200', 'content', 'application/json', 'schema'), value),
        path,
      ).toEqual([]);
  }
  for (const [name, { content }] of Object.entries(contract.document.components.responses)) {
    const at = pointerTo('components', 'responses', name, 'content', 'application/json', 'schema');
    expect(contract.problemsAt(at, content['application/json']?.example), name).toEqual([]);
  }
});

/** What the samples name, made anew: their ids stand for these. */
interface Planted {
  readonly merchant: TestMerchant;
  readonly ids: Readonly<Record<string, string>>;
}

async function plant(): Promise<Planted> {
  const merchant = await newMerchant(bed);
  const client = clientOf(api, merchant.apiKey);
  const made = async (path: string, params: object) => (await client.post(path, params)).body;
  const collection = await made('/api/v3/collections', { title: 'Planted' });
  const open = await made('/api/v3/open_collections', {
    title: 'Planted',
    description: 'Planted',
    amount: 299,
  });
  const collectionId = String(collection.id);
  const bill = await newBill(merchant, { collectionId });
  const paid = await newBill(merchant, { collectionId, callbackUrl: receiver.url });
  await pay(bed, merchant, paid);
  const [callback] = await callbacksOf(merchant, paid.id);
  await made('/api/v3/bank_verification_services', {
    name: 'sara',
    id_no: '820909101001',
    acc_no: '1234567890',
    code: 'MBBEMYKL',
  });
  return {
    merchant,
    ids: {
      inbmmepb: collectionId,
      '0pp87t_6': String(open.id),
      '8X0Iyzaw': bill.id,
      cb_0a1b2c3d4e5f60718293a4b5: String(callback?.id),
      '2018-09-28T15:15:09+08:00': new Date(Date.now() + 86_400_000).toISOString(),
    },
  };
}

let shared: Promise<Planted> | undefined;
/** These leave nothing for the next. */
const USES_UP = ['activateCollection', 'deactivateCollection', 'deleteBill', 'playPayment', 'moveTime'];

function plantedFor({ id }: Operation): Promise<Planted> {
  if (USES_UP.includes(id)) return plant();
  shared ??= plant();
  return shared;
}

type Encoding = 'query' | 'form' | 'multipart' | 'json';

function encodingsOf({ method, form }: Operation, { params = {} }: Sample): Encoding[] {
  if (method === 'GET' || !form) return ['query'];
  return Object.values(params).includes(FILE) ? ['multipart'] : ['query', 'form', 'multipart', 'json'];
}

async function sendSample(
  { method, path }: Operation,
  { path: inPath = {}, params = {} }: Sample,
  encoding: Encoding,
  { merchant, ids }: Planted,
): Promise<Answer> {
  const known = (text: string) =>
    Object.entries(ids).reduce((all, [old, id]) => all.replaceAll(old, id), text);
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) => known(inPath[name] ?? ''));
  const pairs = rackPairs(params).map(([name, value]) => [name, known(value)]);
  const form = new URLSearchParams(pairs).toString();
  const multipart = new FormData();
  for (const [name = '', value = ''] of pairs) {
    if (value === FILE) multipart.append(name, new Blob([Uint8Array.from(picture)]), FILE);
    else multipart.append(name, value);
  }
  const client = clientOf(api, merchant.apiKey);
  switch (encoding) {
    case 'query':
      return client.send(method, `${target}?${form}`);
    case 'form':
      return client.send(method, target, form);
    case 'multipart':
      return client.send(method, target, multipart);
    case 'json':
      return client.send(method, target, JSON.parse(known(JSON.stringify(params))) as object);
  }
}

const CASES = OPERATIONS.flatMap((operation) =>
  operation.samples.flatMap((sample) =>
    encodingsOf(operation, sample).map((encoding) => ({
      title: `${operation.method} ${operation.path} (${sample.name}, ${encoding})`,
      operation,
      sample,
      encoding,
    })),
  ),
);

test.each(CASES)('$title answers as it is described', async ({ operation, sample, encoding }) => {
  const planted = await plantedFor(operation);
  // Nothing can be activated that is active.
  if (operation.id === 'activateCollection') {
    const client = clientOf(api, planted.merchant.apiKey);
    await client.post(`/api/v3/collections/${planted.ids.inbmmepb}/deactivate`);
  }
  const answer = await sendSample(operation, sample, encoding, planted);
  expect(answer.status, answer.text).toBe(200);
  expect(contract.problemsOf(operation.method, operation.path, answer)).toEqual([]);
});

/** A path with its parameters filled by an id that nobody has. */
const unknownAt = (path: string) => path.replace(/\{\w+\}/g, '12345678');

test('every operation answers each of its errors as it is described', async () => {
  const { apiKey } = await newMerchant(bed);
  const key = { authorization: basic(apiKey) };
  for (const { method, path, operation } of contract.operations()) {
    const target = unknownAt(path);
    const answers: [number, Answer][] = [
      [401, await send(method, target)],
      [422, await send(method, `${target}?a[b]=1&a=2`, { headers: key })],
      [413, await send(method, `${target}?${'a[]=1&'.repeat(1001)}`, { headers: key })],
      [
        403,
        await send(
          method,
          target,
          { headers: key },
          { incoming: { socket: { remoteAddress: '203.0.113.7' } } },
        ),
      ],
    ];
    for (const [status, answer] of answers) {
      expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(status);
      expect(contract.problemsOf(method, path, answer)).toEqual([]);
    }
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining(['200', '401', '403', '413', '422', '500', '503']),
    );
  }
});

function send(method: string, path: string, init: RequestInit = {}, env: object = {}): Promise<Answer> {
  return Promise.resolve(api.app.request(path, { method, ...init }, env)).then(readAnswer);
}

test('what is not there is a 404 where one is described, and nowhere else', async () => {
  const { apiKey } = await newMerchant(bed);
  const client = clientOf(api, apiKey);
  for (const { method, path, operation } of contract.operations()) {
    if (!path.includes('{') || path.includes('/check/')) continue;
    const params = OPERATIONS.find(({ id }) => id === operation.operationId)?.samples[0].params;
    const answer = await client.send(method, unknownAt(path), method === 'GET' ? undefined : { ...params });
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(404);
    expect(contract.problemsOf(method, path, answer)).toEqual([]);
  }
  const bill = { ...OPERATIONS.find(({ id }) => id === 'createBill')?.samples[0].params };
  for (const [path, body] of [
    ['/api/v3/bills', bill],
    ['/api/sandbox/time', { object: 'callback:unknown', by: 'PT1H' }],
  ] as const) {
    const answer = await client.post(path, body);
    expect(answer.status).toBe(404);
    expect(contract.problemsOf('POST', path, answer)).toEqual([]);
  }
});

test('a read over the limit, a bug and a database that is away answer as they are described', async () => {
  const merchant = await newMerchant(bed);
  await setProfile(bed.deps.systemCtx(), merchant.profile.id, { rateLevel: '10' });
  const client = clientOf(api, merchant.apiKey);
  let answer = await client.get('/api/v3/fpx_banks');
  expect(contract.problemsOf('GET', '/api/v3/fpx_banks', answer)).toEqual([]);
  for (let read = 1; read <= 10; read += 1) answer = await client.get('/api/v3/fpx_banks');
  expect(answer.status).toBe(429);
  expect(contract.problemsOf('GET', '/api/v3/fpx_banks', answer)).toEqual([]);

  const other = await newMerchant(bed);
  for (const [status, error] of [
    [500, new Error('a bug')],
    [503, Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
  ] as const) {
    const broken = openApi(bed, {
      rateLimiter: { take: () => Promise.reject(error), look: () => Promise.reject(error) },
    });
    await setProfile(bed.deps.systemCtx(), other.profile.id, { rateLevel: '100' });
    const failed = await clientOf(broken, other.apiKey).get('/api/v3/fpx_banks');
    expect(failed.status).toBe(status);
    expect(contract.problemsOf('GET', '/api/v3/fpx_banks', failed)).toEqual([]);
    await broken.close();
  }
});

test('an answer with a key too many, one too few or one out of order is no described answer', async () => {
  const { apiKey } = await newMerchant(bed);
  const answer = await clientOf(api, apiKey).post('/api/v3/collections', { title: 'A' });
  const { id, ...rest } = answer.body;
  for (const body of [{ ...answer.body, extra: 1 }, rest, { ...rest, id }, { ...answer.body, title: null }]) {
    expect(contract.problemsOf('POST', '/api/v3/collections', { ...answer, body })).not.toEqual([]);
  }
});

test('an answer that is given again says so as it is described', async () => {
  const { apiKey } = await newMerchant(bed);
  const client = clientOf(api, apiKey);
  const headers = { 'idempotency-key': randomUUID() };
  await client.post('/api/v3/collections', { title: 'A' }, headers);
  const again = await client.post('/api/v3/collections', { title: 'A' }, headers);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(contract.problemsOf('POST', '/api/v3/collections', again)).toEqual([]);
});

test('the document and its page need no key, are kept for a while, and load nothing from elsewhere', async () => {
  const json = await api.app.request('/api/openapi.json');
  expect(json.status).toBe(200);
  expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(json.headers.get('cache-control')).toBe('public, max-age=300');
  expect(await json.json()).toEqual(contract.document);
  const etag = json.headers.get('etag') ?? '';
  const again = await api.app.request('/api/openapi.json', { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);

  const page = await api.app.request('/api/docs');
  const markup = await page.text();
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none';.*style-src 'sha256-[^']+'$/,
  );
  expect(markup).not.toMatch(/<script|\ssrc=|@import|url\(/);
  expect([...markup.matchAll(/<link[^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['data:,']);
  for (const { id, path } of OPERATIONS) {
    expect(markup).toContain(`<h3 id="${id}">`);
    expect(markup).toContain(path);
  }
});
