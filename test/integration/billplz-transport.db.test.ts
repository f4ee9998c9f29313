import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#domain/tenant.ts';
import { createApiKey } from '#services/api-key/create.ts';
import { revokeApiKey } from '#services/api-key/revoke.ts';
import { setProfile } from '#services/profile/set.ts';
import { createUser } from '#services/user/create.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import {
  type Answer,
  basic,
  clientOf,
  listen,
  NOT_FOUND,
  openApi,
  readAnswer,
  refused,
  type TestApi,
} from '../fixtures/api.ts';
import { footprint } from '../fixtures/footprint.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { secondProfile } from '../fixtures/second-profile.ts';

const ACCESS_DENIED = { error: { type: 'Unauthorized', message: 'Access denied' } };

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

async function requestOf(
  path: string,
  init: RequestInit = {},
  env?: object,
  of: TestApi = api,
): Promise<Answer> {
  return readAnswer(await of.app.request(path, init, env));
}

async function integrator() {
  const merchant = await newMerchant(bed);
  return { merchant, client: clientOf(api, merchant.apiKey) };
}

test.each([
  ['no key', undefined],
  ['an unknown key', basic('kekal_sandbox_unknown:')],
  ['no Basic at all', 'Token abc'],
])('%s is 401 before routing and parameters', async (_what, authorization) => {
  for (const [method, path] of [
    ['GET', '/api/v3/collections'],
    ['POST', '/api/v3/bills'],
    ['GET', '/api/v3/nowhere'],
    ['OPTIONS', '/api/v4/collections'],
    ['POST', '/api/sandbox/time'],
    ['GET', '/api/anything'],
  ] as const) {
    const answer = await requestOf(path, {
      method,
      ...(authorization ? { headers: { authorization } } : {}),
    });
    expect(answer.status, path).toBe(401);
    expect(answer.body).toEqual(ACCESS_DENIED);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Kekal"');
    expect(answer.headers.get('ratelimit-limit')).toBe('unlimited');
  }
});

/** A user of the merchant with a key of their own. */
async function keyOf(merchant: TestMerchant, role: Role, profileIds: number[]) {
  const system = bed.deps.systemCtx();
  const email = `${randomUUID()}@merchant.test`;
  await createUser(system, { merchantId: merchant.merchantId, name: role, email, role });
  return createApiKey(system, { email, profileIds });
}

async function statusFor(apiKey: string): Promise<number> {
  return (await clientOf(api, apiKey).get('/api/v3/collections')).status;
}

test('a key is let in until it is revoked', async () => {
  const { merchant } = await integrator();
  const key = await keyOf(merchant, 'admin', [merchant.profile.id]);
  expect(await statusFor(key.secret)).toBe(200);
  await revokeApiKey(bed.deps.systemCtx(), { apiKeyId: key.id });
  expect(await statusFor(key.secret)).toBe(401);
});

test('a key that reaches two profiles is 401', async () => {
  const { merchant } = await integrator();
  const second = await secondProfile(bed, merchant);
  const key = await keyOf(merchant, 'admin', [merchant.profile.id, second.id]);
  expect(await statusFor(key.secret)).toBe(401);
});

test('a role that may not do it is 401 like a wrong key', async () => {
  const { merchant } = await integrator();
  const { secret } = await keyOf(merchant, 'restricted', [merchant.profile.id]);
  const answer = await clientOf(api, secret).post('/api/sandbox/time', { object: 'callback:x', by: 'PT1H' });
  expect([answer.status, answer.body]).toEqual([401, ACCESS_DENIED]);
});

const foreign = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

test('plain HTTP from anywhere but loopback is 403, whatever forwarded headers say', async () => {
  const { merchant } = await integrator();
  const headers = {
    authorization: basic(merchant.apiKey),
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '127.0.0.1',
  };
  const app = openApi(bed, { trustProxy: false });
  const answer = await requestOf('/api/v3/collections', { headers }, foreign('203.0.113.7'), app);
  expect(answer.status).toBe(403);
  expect(answer.body).toEqual({ error: { type: 'Forbidden', message: ['HTTPS is required'] } });
  await app.close();
});

test('behind a trusted proxy the scheme is what the proxy says', async () => {
  const { merchant } = await integrator();
  const proxied = openApi(bed, { trustProxy: true });
  const client = clientOf(proxied, merchant.apiKey);
  const over = async (proto: string) =>
    (
      await client.get('/api/v3/collections', {
        'x-forwarded-proto': proto,
        'x-forwarded-for': '203.0.113.7',
      })
    ).status;
  expect(await over('http')).toBe(403);
  expect(await over('https')).toBe(200);
  await proxied.close();
});

test('every answer carries a request id, no-store, JSON in UTF-8 and the rate limit', async () => {
  const { client } = await integrator();
  for (const answer of [
    await client.get('/api/v3/collections'),
    await client.post('/api/v3/collections', {}),
    await client.get('/api/v3/nowhere'),
  ]) {
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    expect(answer.headers.get('ratelimit-limit')).toBe('unlimited');
    expect(answer.headers.get('ratelimit-remaining')).toBe('unlimited');
    expect(answer.headers.get('ratelimit-reset')).toBe('unlimited');
  }
  const named = await client.get('/api/v3/collections', { 'x-request-id': 'mine-1' });
  expect(named.headers.get('x-request-id')).toBe('mine-1');
});

test.each([
  ['GET', '/api/v3'],
  ['GET', '/api/v3/nowhere'],
  ['GET', '/api/v5/anything'],
  ['GET', '/api/v3/bills'],
  ['PUT', '/api/v3/collections'],
  ['PATCH', '/api/v3/bills/0123456789abcdef'],
  ['OPTIONS', '/api/v3/collections'],
  ['POST', '/api/v4/bills'],
  ['GET', '/api/v3/bills/unknown'],
  ['GET', '/api/v3/bills/a.b'],
  ['GET', '/api/v3/bills/a%2Fb'],
  ['GET', `/api/v3/bills/${'a'.repeat(65)}`],
  ['GET', '/api/sandbox/time'],
  ['GET', '/api/v1/orders'],
])('%s %s is the JSON 404', async (method, path) => {
  const { client } = await integrator();
  const answer = await client.send(method, path);
  expect([answer.status, answer.body]).toEqual([404, NOT_FOUND]);
});

test('HEAD is GET without its body', async () => {
  const { client } = await integrator();
  const { id } = (await client.post('/api/v3/collections', { title: 'A' })).body;
  const answer = await client.send('HEAD', `/api/v3/collections/${String(id)}`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect((await client.send('HEAD', '/api/v3/collections/unknown')).status).toBe(404);
});

function multipartOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test('form, multipart, JSON and query carry the same request', async () => {
  const { client } = await integrator();
  const fields = {
    title: 'Rumah & Co é',
    'split_payment[split_header]': 'yes',
  };
  const query = new URLSearchParams(fields).toString();
  const answers = [
    await client.post('/api/v3/collections', query),
    await client.post('/api/v3/collections', multipartOf(fields)),
    await client.post('/api/v3/collections', { title: fields.title, split_payment: { split_header: true } }),
    await client.post(`/api/v3/collections?${query}`),
    await client.post('/api/v3/collections', query, { 'content-type': '' }),
    await client.post('/api/v3/collections?title=loses', query),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect({ ...body, id: '' }).toEqual({
      id: '',
      title: fields.title,
      logo: { thumb_url: null, avatar_url: null },
      split_payment: { email: null, fixed_cut: null, variable_cut: null, split_header: true },
    });
  }
});

test('a body of a type that we do not read is no body', async () => {
  const { client } = await integrator();
  const answer = await client.post('/api/v3/collections', 'title=A', { 'content-type': 'text/plain' });
  expect(answer.body).toEqual(refused("Title can't be blank"));
});

test.each([
  [
    'malformed nesting',
    'title=A&split_payment=x&split_payment[email]=y',
    {},
    422,
    'Parameters are malformed',
  ],
  ['a percent sign that escapes nothing', 'title=%zz', {}, 422, 'Request body could not be parsed'],
  ['invalid UTF-8', 'title=%ff', {}, 422, 'Request is not valid UTF-8'],
  ['NUL', 'title=a%00', {}, 422, 'Request is not valid UTF-8'],
  [
    'JSON that is no object',
    '[1]',
    { 'content-type': 'application/json' },
    422,
    'Request body could not be parsed',
  ],
  [
    'broken JSON',
    '{"title":',
    { 'content-type': 'application/json' },
    422,
    'Request body could not be parsed',
  ],
  [
    'a multipart body without parts',
    'title=A',
    { 'content-type': 'multipart/form-data; boundary=b' },
    422,
    'Request body could not be parsed',
  ],
  ['a card number', 'title=4111+1111+1111+1111', {}, 422, 'Card data is not accepted'],
  [
    'a card number in an unknown parameter',
    'title=A&x[]=4111111111111111',
    {},
    422,
    'Card data is not accepted',
  ],
  [
    'an idempotency key that is none',
    'title=A',
    { 'idempotency-key': 'é' },
    422,
    'Idempotency key is invalid',
  ],
  [
    'an idempotency key of 256 characters',
    'title=A',
    { 'idempotency-key': 'k'.repeat(256) },
    422,
    'Idempotency key is invalid',
  ],
  [
    '1,001 parameters',
    Array.from({ length: 1_001 }, (_, i) => `p${i}=1`).join('&'),
    {},
    413,
    'Request is too large',
  ],
  ['a depth of nine', 'a[b][c][d][e][f][g][h][i]=1', {}, 413, 'Request is too large'],
  ['more than 1 MiB', `title=${'a'.repeat(1_048_576)}`, {}, 413, 'Request is too large'],
] as const)('%s is refused and changes nothing', async (_what, body, headers, status, sentence) => {
  const { client, merchant } = await integrator();
  const before = await footprint(bed, merchant.profile.id);
  const answer = await client.post('/api/v3/collections', body, headers);
  expect([answer.status, answer.body]).toEqual([
    status,
    { error: { type: status === 413 ? 'PayloadTooLarge' : 'UNPROCESSABLE_ENTITY', message: [sentence] } },
  ]);
  expect(answer.text).not.toContain('4111');
  expect(await footprint(bed, merchant.profile.id)).toEqual(before);
});

test('a level of 10 lets ten GETs through, whatever the endpoint, and never counts a POST', async () => {
  const { merchant } = await integrator();
  await setProfile(bed.deps.systemCtx(), merchant.profile.id, { rateLevel: '10' });
  const app = openApi(bed, { trustProxy: true });
  const limited = clientOf(app, merchant.apiKey);
  const from = { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-proto': 'https' };
  await limited.post('/api/v3/collections', { title: 'A' }, from);
  const remaining: (string | null)[] = [];
  for (let i = 0; i < 10; i += 1) {
    const path = i % 2 === 0 ? '/api/v3/collections' : '/api/v4/collections/unknown';
    const { headers } = await limited.get(path, from);
    remaining.push(headers.get('ratelimit-remaining'));
  }
  expect(remaining).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0']);

  const over = await limited.get('/api/v3/collections', from);
  expect([over.status, over.body]).toEqual([
    429,
    { error: { type: 'RateLimit', message: ['Too many requests'] } },
  ]);
  expect(over.headers.get('ratelimit-limit')).toBe('10');
  expect(over.headers.get('ratelimit-remaining')).toBe('0');
  const resetS = Number(over.headers.get('retry-after'));
  expect(resetS).toBeGreaterThan(0);
  expect(resetS).toBeLessThanOrEqual(300);
  expect(over.headers.get('ratelimit-reset')).toBe(String(resetS));

  const posted = await limited.post('/api/v3/collections', { title: 'B' }, from);
  expect([posted.status, posted.headers.get('ratelimit-remaining')]).toEqual([200, '0']);
  await app.close();
});

test('a lost database is 503 with Retry-After, and /ready says so', async () => {
  const { merchant } = await integrator();
  const lost = openApi({ ...bed, config: { ...bed.config, databaseUrl: 'postgres://127.0.0.1:9/none' } });
  const answer = await clientOf(lost, merchant.apiKey).get('/api/v3/collections');
  expect([answer.status, answer.body]).toEqual([
    503,
    { error: { type: 'ServiceUnavailable', message: ['Service unavailable'] } },
  ]);
  expect(answer.headers.get('retry-after')).toBe('5');
  const ready = await lost.app.request('/ready');
  expect([ready.status, await ready.text()]).toEqual([503, 'Postgres does not answer\n']);
  await lost.close();
});

test('a bug is 500, and the log finds it by the request id', async () => {
  const { merchant } = await integrator();
  const broken = openApi(bed, {
    rateLimiter: {
      take: () => Promise.reject(new Error('secret')),
      look: () => Promise.reject(new Error('secret')),
    },
  });
  await setProfile(bed.deps.systemCtx(), merchant.profile.id, { rateLevel: '100' });
  const answer = await clientOf(broken, merchant.apiKey).get('/api/v3/collections', {
    'x-request-id': 'find-me',
  });
  expect([answer.status, answer.body]).toEqual([
    500,
    { error: { type: 'InternalServerError', message: ['Internal server error'] } },
  ]);
  expect(broken.complaints).toMatchObject([{ requestId: 'find-me' }]);
  await broken.close();
});

test('/ready, /live and /metrics answer without a key', async () => {
  const read = async (path: string) => {
    const response = await api.app.request(path);
    return [response.status, await response.text()] as const;
  };
  expect(await read('/ready')).toEqual([200, 'ready\n']);
  expect(await read('/live')).toEqual([200, 'live\n']);
  expect((await read('/metrics'))[0]).toBe(200);
});

/** Over a real socket, byte for byte: what `fetch` would refuse to send. */
function raw(
  url: string,
  options: { method: string; path: string; headers: Record<string, string>; body?: string | Buffer },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const { method, path, headers, body } = options;
    const sent = httpRequest({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('over a real port: a body on GET and DELETE counts, form or JSON', async () => {
  const { merchant, client } = await integrator();
  const server = await listen(api);
  const authorization = basic(`${merchant.apiKey}:`);
  const collection = (await client.post('/api/v3/collections', { title: 'A' })).body;
  await client.post(`/api/v3/collections/${String(collection.id)}/deactivate`);

  const listed = await raw(server.url, {
    method: 'GET',
    path: '/api/v3/collections?status=active',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded', 'content-length': '15' },
    body: 'status=inactive',
  });
  expect(JSON.parse(listed.text)).toMatchObject({ collections: [{ id: collection.id }] });
  const json = JSON.stringify({ status: 'sideways' });
  const refusedList = await raw(server.url, {
    method: 'GET',
    path: '/api/v3/collections',
    headers: { authorization, 'content-type': 'application/json', 'content-length': String(json.length) },
    body: json,
  });
  expect(JSON.parse(refusedList.text)).toEqual(refused('Status is not included in the list'));
  const deleted = await raw(server.url, {
    method: 'DELETE',
    path: '/api/v3/bills/unknown',
    headers: { authorization, 'content-length': '3' },
    body: 'a=%',
  });
  expect(JSON.parse(deleted.text)).toEqual(refused('Request body could not be parsed'));
  await server.close();
});

test('over a real port: too much is refused while it is read, declared or not', async () => {
  const { merchant } = await integrator();
  const server = await listen(api);
  const headers = { authorization: basic(merchant.apiKey), 'content-type': 'application/json' };
  const tooMuch = Buffer.alloc(1_048_577, ' ');
  const post = (more: Record<string, string>, body: Buffer) =>
    raw(server.url, { method: 'POST', path: '/api/v3/collections', headers: { ...headers, ...more }, body });
  for (const more of [{ 'content-length': String(tooMuch.length) }, { 'transfer-encoding': 'chunked' }]) {
    const answer = await post(more, tooMuch);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toEqual({
      error: { type: 'PayloadTooLarge', message: ['Request is too large'] },
    });
  }
  const enough = Buffer.from(`{"title":"A"${' '.repeat(1_048_576 - 13)}}`);
  expect((await post({ 'content-length': String(enough.length) }, enough)).status).toBe(200);
  await server.close();
});

test('over a real port: urls follow the Host of loopback, or the public URL that is set', async () => {
  const { merchant } = await integrator();
  const url = async (of: TestApi) => {
    const server = await listen(of);
    const client = { authorization: basic(merchant.apiKey), 'content-type': 'application/json' };
    const post = (path: string, body: object) =>
      fetch(`${server.url}${path}`, { method: 'POST', headers: client, body: JSON.stringify(body) }).then(
        readAnswer,
      );
    const collection = await post('/api/v3/collections', { title: 'A' });
    const bill = await post('/api/v3/bills', {
      collection_id: collection.body.id,
      email: 'a@b.co',
      name: 'A',
      amount: 200,
      callback_url: 'x',
      description: 'A',
    });
    await server.close();
    return { shown: String(bill.body.url), id: String(bill.body.id), server: server.url };
  };
  const here = await url(api);
  expect(here.shown).toBe(`${here.server}/bills/${here.id}`);
  const named = openApi(bed, { publicUrl: 'https://pay.example' });
  const there = await url(named);
  expect(there.shown).toBe(`https://pay.example/bills/${there.id}`);
  await named.close();
});
