import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE, type Operation } from '#api/openapi/operation.ts';
import { OPERATIONS } from '#api/openapi/operations.ts';
import { requestSchema } from '#api/openapi/schemas.ts';
import { createMerchant } from '#services/merchant/create.ts';
import { verifyMerchant } from '#services/merchant/verify.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { type Answer, basic, openApi, readAnswer, type TestApi } from '../fixtures/api.ts';
import { apiContract } from '../fixtures/api-contract.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import {
  BODY_ENCODINGS,
  type BodyEncoding,
  BOUNDARY,
  BROKEN_BODIES,
  CARD_NUMBERS,
  type Entry,
  formText,
  hostileEntry,
  hostileValue,
  jsonBytes,
  multipartBytes,
  type Tree,
} from '../fixtures/hostile-requests.ts';
import { newMerchant } from '../fixtures/merchant.ts';
import { drawPicture } from '../fixtures/picture.ts';
import { asOwner } from '../fixtures/sql.ts';

const isLong = process.env.KEKAL_LONG === '1';
const REQUESTS = isLong ? 20_000 : 2_000;
const MINUTE_MS = 60_000;

const contract = apiContract();

let bed: Testbed;
let api: TestApi;
let key: string;
let picture: Buffer;
let state: string;
/** Ids that are known, by the parameter that they stand for. */
const known: Record<string, string[]> = {
  COLLECTION_ID: [],
  BILL_ID: [],
  BANK_ACCOUNT_NUMBER: ['1234567890'],
};

beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed);
  picture = await drawPicture({ width: 20, height: 10 });
  for (const email of ['verified@account.com', 'verified2@account.com']) {
    const system = bed.deps.systemCtx();
    const { id: merchantId } = await createMerchant(system, { name: email, kind: 'company', email });
    await verifyMerchant(system, { merchantId });
  }
  const merchant = await newMerchant(bed);
  key = basic(`${merchant.apiKey}:`);
  for (let i = 0; i < 10; i += 1) {
    const bill = await newBill(merchant, { callbackUrl: 'http://127.0.0.1:9/nobody-listens' });
    if (i === 0) await pay(bed, merchant, bill);
    known.BILL_ID?.push(bill.id);
    known.COLLECTION_ID?.push(bill.collectionId);
  }
  state = `select ${(await tablesOfOurs())
    .map(
      (table) => `(select count(*) || ':' || coalesce(max(xmin::text::bigint), 0) from ${table}) as ${table}`,
    )
    .join(', ')}`;
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

/** All but what says only that somebody asked: counts of the rate limit, the last use of a key. */
async function tablesOfOurs(): Promise<string[]> {
  const rows = await asOwner<{ tablename: string }>(
    bed,
    `select tablename from pg_tables where schemaname = 'public' and tablename not in ('rate_limits', 'api_keys')`,
  );
  return rows.map(({ tablename }) => tablename);
}

/** Changes with every row that is written, changed or deleted: a newer row version has a higher transaction id. */
async function footprint(): Promise<Record<string, string>> {
  const { rows } = await bed.deps.database.pool.query<Record<string, string>>({
    name: 'footprint',
    text: state,
  });
  return rows[0] ?? {};
}

/** One request, as it can be told to whoever looks at a failure. */
interface Wanted {
  /** Id of the operation. */
  readonly operation: string;
  readonly encoding: BodyEncoding;
  /** Values of the path's parameters: a known id by number, or a text. */
  readonly ids: readonly (number | string)[];
  readonly entries: readonly Entry[];
  /** Number of a body that is wrong as a whole, in place of the entries. */
  readonly broken: number | null;
  readonly idempotencyKey: string | null;
  readonly isStranger: boolean;
}

const IDS = [
  'unknown',
  '__proto__',
  'a'.repeat(65),
  '%00',
  '%ff',
  '%2e',
  'a%2Fb',
  'é',
  '💥',
  ' ',
  '*',
  '4111111111111111',
  '',
];

const idempotencyKey = fc.oneof(
  { weight: 12, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.constantFrom('one', 'two', 'three') },
  { weight: 1, arbitrary: fc.constantFrom('', 'é', 'x'.repeat(256), 'a b') },
);

/**
 * A sample of the operation as it is, with one value replaced (what gets past the other checks reaches the furthest) or
 * with several replaced or missing; and sometimes with more beside it.
 */
function entriesFor({ samples, form }: Operation): fc.Arbitrary<Entry[]> {
  const { properties = {} } = form ? requestSchema(form) : {};
  const names = [...Object.keys(properties), 'title'];
  const value = (name: string) => hostileValue(names, properties[name]?.type);
  const changed = (entries: readonly Entry[]) =>
    fc.tuple(
      ...entries.map(([name, own]) =>
        fc.oneof(
          { weight: 4, arbitrary: fc.constant<Entry[]>([[name, own]]) },
          { weight: 2, arbitrary: value(name).map((tree): Entry[] => [[name, tree]]) },
          { weight: 1, arbitrary: fc.constant<Entry[]>([]) },
        ),
      ),
    );
  const own = fc.constantFrom(...samples).chain(({ params = {} }): fc.Arbitrary<Entry[]> => {
    const entries = Object.entries(params).map(([name, sent]): Entry => [name, treeOf(sent)]);
    const replaced = Object.keys(properties).map((name) =>
      value(name).map((tree): Entry[] => [...entries.filter(([known]) => known !== name), [name, tree]]),
    );
    return fc.oneof(
      { weight: 2, arbitrary: fc.constant(entries) },
      ...(replaced.length > 0 ? [{ weight: 6, arbitrary: fc.oneof(...replaced) }] : []),
      { weight: 2, arbitrary: changed(entries).map((all) => all.flat()) },
    );
  });
  const more = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Entry[]>([]) },
    { weight: 1, arbitrary: fc.array(hostileEntry(names), { maxLength: 4 }) },
  );
  return fc.tuple(own, more).map(([sent, others]) => [...sent, ...others]);
}

function treeOf(value: unknown): Tree {
  if (value === FILE) return { file: 'picture' };
  if (Array.isArray(value)) return value.map(treeOf);
  if (typeof value !== 'object' || value === null) return value as Tree & (string | number | boolean | null);
  return { entries: Object.entries(value).map(([name, item]): Entry => [name, treeOf(item)]) };
}

/** Those with parameters come more often. */
const DRAWN = OPERATIONS.flatMap((operation) =>
  operation.form ? [operation, operation, operation] : [operation],
);

const request: fc.Arbitrary<Wanted> = fc.constantFrom(...DRAWN).chain((operation) =>
  fc.record({
    operation: fc.constant(operation.id),
    encoding: fc.constantFrom(...BODY_ENCODINGS),
    ids: fc.array(
      fc.oneof({ weight: 4, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constantFrom(...IDS) }),
      {
        minLength: 1,
        maxLength: 1,
      },
    ),
    entries: entriesFor(operation),
    broken: fc.oneof(
      { weight: 15, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.nat({ max: BROKEN_BODIES.length - 1 }) },
    ),
    idempotencyKey,
    isStranger: fc.oneof(
      { weight: 19, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  }),
);

function pathOf({ path }: Operation, ids: Wanted['ids']): string {
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const [id = 0] = ids;
    const pool = known[name] ?? [];
    return typeof id === 'number' ? (pool[id % pool.length] ?? '') : id;
  });
}

/** The samples' ids stand for known ones; objects of `time` are never known, as nothing here would move them. */
function withKnownIds(entries: readonly Entry[]): Entry[] {
  return entries.map(([name, value]) =>
    name === 'collection_id' && value === 'inbmmepb'
      ? [name, known.COLLECTION_ID?.at(0) ?? '']
      : [name, value],
  );
}

async function send(operation: Operation, wanted: Wanted): Promise<Answer> {
  const { ids, broken, idempotencyKey, isStranger } = wanted;
  const entries = withKnownIds(wanted.entries);
  const [type, body, query] = broken === null ? encoded(operation, wanted.encoding, entries) : asItIs(broken);
  const response = await api.app.request(`${pathOf(operation, ids)}${query}`, {
    method: operation.method,
    headers: {
      authorization: isStranger ? basic('kekal_sandbox_unknown:') : key,
      ...(type !== null && { 'content-type': type }),
      ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== null && operation.method !== 'GET' && { body: Uint8Array.from(body) }),
  });
  return readAnswer(response);
}

type Encoded = [type: string | null, body: Buffer | null, query: string];

function asItIs(broken: number): Encoded {
  const [type, body] = BROKEN_BODIES[broken] ?? ['', ''];
  return [type, Buffer.from(body), ''];
}

function encoded(operation: Operation, encoding: BodyEncoding, entries: readonly Entry[]): Encoded {
  // In this process a GET cannot carry a body.
  if (operation.method === 'GET' || encoding === 'query') return [null, null, `?${formText(entries)}`];
  switch (encoding) {
    case 'form':
      return ['application/x-www-form-urlencoded; charset=utf-8', Buffer.from(formText(entries)), ''];
    case 'untyped form':
      return [null, Buffer.from(formText(entries)), ''];
    case 'json':
      return ['application/json', jsonBytes({ entries }), ''];
    case 'multipart':
      return [`multipart/form-data; boundary=${BOUNDARY}`, multipartBytes(entries, picture), ''];
    case 'other':
      return ['text/plain', jsonBytes({ entries }), ''];
  }
}

const REFUSED = JSON.stringify({ error: { type: 'Unauthorized', message: 'Access denied' } });
const counts = new Map<number, number>();
let before: Record<string, string>;

async function holds(wanted: Wanted): Promise<void> {
  const { isStranger } = wanted;
  const operation = OPERATIONS.find(({ id }) => id === wanted.operation)!;
  const answer = await send(operation, wanted);
  counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
  const after = await footprint();
  const unchanged = before;
  before = after;

  expect(answer.status, answer.text).toBeLessThan(500);
  expect(contract.problemsOf(operation.method, operation.path, answer)).toEqual([]);
  if (isStranger) expect([answer.status, answer.text]).toEqual([401, REFUSED]);
  else expect(answer.status).not.toBe(401);
  if (answer.status >= 400 || operation.method === 'GET') expect(after).toEqual(unchanged);
  if (answer.status >= 400) for (const card of CARD_NUMBERS) expect(answer.text).not.toContain(card);
  if (operation.id === 'createBill' && answer.status === 200) known.BILL_ID?.push(String(answer.body.id));
}

test(`${REQUESTS} hostile requests find no answer that is not described, and a refused one changes nothing`, {
  timeout: isLong ? 120 * MINUTE_MS : 10 * MINUTE_MS,
}, async () => {
  const seed = Number(process.env.KEKAL_FUZZ_SEED ?? randomInt(2 ** 31));
  process.stderr.write(`fuzz: KEKAL_FUZZ_SEED=${seed}\n`);
  before = await footprint();
  await fc.assert(fc.asyncProperty(request, holds), { seed, numRuns: REQUESTS });
  process.stderr.write(`fuzz: answers ${JSON.stringify(Object.fromEntries(counts))}\n`);
  // Neither all let in nor all turned away: the requests reach every part of the code.
  for (const status of [200, 401, 404, 413, 422])
    expect(counts.get(status) ?? 0, `${status}`).toBeGreaterThan(5);
});
