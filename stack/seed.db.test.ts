import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { resolveApiKey } from '#services/api-key/resolve.ts';
import { revokeApiKey } from '#services/api-key/revoke.ts';
import { createCollection } from '#services/collection/create.ts';
import { getCollection } from '#services/collection/read.ts';
import { revealProfileSecrets, showProfile } from '#services/profile/show.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { type DemoSecrets, seedDemo } from './seed.ts';

const beds: Testbed[] = [];
let bed: Testbed;
let home: string;
beforeEach(async () => {
  bed = await openTestbed();
  beds.push(bed);
  home = await mkdtemp(join(tmpdir(), 'kekal-seed-'));
  return () => rm(home, { recursive: true });
});
afterAll(() => Promise.all(beds.map((each) => each.close())));

const seed = () =>
  seedDemo({ databaseUrl: bed.databaseUrl, config: { home, secretKey: bed.config.secretKey } });
const keep = (secrets: DemoSecrets) =>
  writeFile(join(home, 'demo.json'), JSON.stringify({ url: 'http://127.0.0.1', ...secrets }));

async function rowCounts(): Promise<unknown> {
  const { rows } = await bed.deps.database.pool.query<object>(
    `select (select count(*) from merchants) as merchants, (select count(*) from profiles) as profiles,
            (select count(*) from users) as users, (select count(*) from api_keys) as keys,
            (select count(*) from collections) as collections, (select count(*) from audit_log) as audits`,
  );
  return rows[0];
}

test('the demo is a sandbox profile that may collect, with both signatures on and keys that open it', async () => {
  const demo = await seed();
  const ctx = bed.deps.systemCtx();
  const [reach, ...others] = await resolveApiKey(ctx, demo.billplz.api_key);
  expect(others).toEqual([]);
  expect(reach).toMatchObject({
    role: 'admin',
    profile: {
      id: demo.orders.profile_id,
      mode: 'sandbox',
      currency: 'MYR',
      timeZone: 'Asia/Kuala_Lumpur',
      callbackSchedule: 'billplz',
      xSignatureCallback: true,
      xSignatureRedirect: true,
      eligible: true,
    },
  });
  expect(await resolveApiKey(ctx, demo.orders.token)).toHaveLength(1);
  const { xSignatureKey } = await revealProfileSecrets(ctx, demo.orders.profile_id);
  expect(demo.billplz.x_signature_key).toBe(xSignatureKey);
  const profile = await showProfile(ctx, demo.orders.profile_id);
  expect(await getCollection(ctx.forProfile(profile), demo.billplz.collection_id)).toMatchObject({
    kind: 'plain',
    status: 'active',
  });
});

test('a second merchant receives splits', async () => {
  const demo = await seed();
  const ctx = bed.deps.systemCtx();
  const profile = await showProfile(ctx, demo.orders.profile_id);
  const collection = await createCollection(ctx.forProfile(profile), {
    title: 'Shared',
    splits: [{ email: 'rakan@demo.kekal.local', fixedCut: null, variableCut: 20 }],
  });
  expect(collection.splits).toHaveLength(1);
});

test('a second start changes nothing and gives the same secrets', async () => {
  const first = await seed();
  await keep(first);
  const before = await rowCounts();
  expect(await seed()).toEqual(first);
  expect(await rowCounts()).toEqual(before);
});

test('with demo.json lost, only what the database keeps as a hash is made anew', async () => {
  const first = await seed();
  const second = await seed();
  expect(second.billplz).toMatchObject({
    x_signature_key: first.billplz.x_signature_key,
    collection_id: first.billplz.collection_id,
  });
  expect(second.billplz.api_key).not.toBe(first.billplz.api_key);
  expect(second.portal.password).not.toBe(first.portal.password);
  expect(await resolveApiKey(bed.deps.systemCtx(), second.billplz.api_key)).toHaveLength(1);
});

test('a key in demo.json that was revoked is replaced; a broken file is as good as none', async () => {
  const first = await seed();
  await keep(first);
  const ctx = bed.deps.systemCtx();
  const [reach] = await resolveApiKey(ctx, first.billplz.api_key);
  await revokeApiKey(ctx, { apiKeyId: reach?.keyId ?? 0 });
  const second = await seed();
  expect(second).toEqual({
    ...first,
    billplz: { ...first.billplz, api_key: second.billplz.api_key },
    orders: { ...first.orders, token: second.billplz.api_key },
  });
  expect(second.billplz.api_key).not.toBe(first.billplz.api_key);

  await writeFile(join(home, 'demo.json'), '{"billplz": {"api_key"');
  expect((await seed()).billplz.collection_id).toBe(first.billplz.collection_id);
});
