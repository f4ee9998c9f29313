import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMerchant } from '#services/merchant/create.ts';
import { createUser } from '#services/user/create.ts';
import { listUsers } from '#services/user/list.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { createProfile } from './create.ts';
import { openWebhookSecret, openXSignatureKey } from './secrets.ts';
import { setProfile } from './set.ts';
import { revealProfileSecrets, showProfile } from './show.ts';

let bed: Testbed;
let merchants = 0;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

async function newMerchantId(): Promise<number> {
  merchants += 1;
  const email = `m${merchants}@merchant.test`;
  return (await createMerchant(bed.deps.systemCtx(), { name: 'Kedai', kind: 'company', email })).id;
}

function newProfile(merchantId: number) {
  return createProfile(bed.deps.systemCtx(), {
    merchantId,
    mode: 'sandbox',
    name: 'Kedai',
    contactEmail: 'kedai@merchant.test',
    xSignatureCallback: true,
    xSignatureRedirect: false,
  });
}

test('every profile has secrets of its own, sealed in the database and open to the profile itself', async () => {
  const merchantId = await newMerchantId();
  const [one, other] = [await newProfile(merchantId), await newProfile(merchantId)];
  const ctx = bed.deps.systemCtx();
  const secrets = await revealProfileSecrets(ctx, one.id);
  expect(secrets.xSignatureKey).toMatch(/^[0-9a-f]{128}$/);
  expect(secrets.webhookSecret).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/);
  expect((await revealProfileSecrets(ctx, other.id)).xSignatureKey).not.toBe(secrets.xSignatureKey);

  const own = ctx.forProfile(one);
  expect(await own.inTransaction((tx) => openXSignatureKey(tx, own))).toBe(secrets.xSignatureKey);
  expect(await own.inTransaction((tx) => openWebhookSecret(tx, own))).toBe(secrets.webhookSecret);
  const { rows } = await bed.deps.database.pool.query<{ row: string }>(
    'select row_to_json(profiles)::text as row from profiles where id = $1',
    [one.id],
  );
  expect(rows[0]?.row).not.toContain(secrets.xSignatureKey);
  expect(rows[0]?.row).not.toContain(Buffer.from(secrets.xSignatureKey).toString('hex'));
});

test('a profile reads neither the secrets nor the row of another one', async () => {
  const merchantId = await newMerchantId();
  const [one, other] = [await newProfile(merchantId), await newProfile(merchantId)];
  const own = bed.deps.systemCtx().forProfile(one);
  await expect(
    own.inTransaction((tx) => openXSignatureKey(tx, { ...own, profileId: other.id })),
  ).rejects.toThrow('no result');
  const seen = await own.inTransaction((tx) => tx.selectFrom('profiles').select('id').execute());
  expect(seen).toEqual([{ id: one.id }]);
});

test('a sealed secret does not open under another secret key', async () => {
  const profile = await newProfile(await newMerchantId());
  const stranger = await openTestbed();
  try {
    const { secrets } = stranger.deps.systemCtx();
    const reading = bed.deps
      .systemCtx()
      .inTransaction((tx) => openXSignatureKey(tx, { profileId: profile.id, secrets }));
    await expect(reading).rejects.toThrow('sealed with another KEKAL_SECRET_KEY');
  } finally {
    await stranger.close();
  }
});

test('a change touches the switches it names, is audited with both sides, and leaves mode and currency', async () => {
  const before = await newProfile(await newMerchantId());
  const ctx = bed.deps.systemCtx();
  const after = await setProfile(ctx, before.id, {
    callbackSchedule: 'billplz-2019',
    xSignatureRedirect: true,
  });
  expect(after).toEqual({ ...before, callbackSchedule: 'billplz-2019', xSignatureRedirect: true });
  expect(await showProfile(ctx, before.id)).toEqual(after);
  const { rows } = await bed.deps.database.pool.query(
    "select before, after from audit_log where action = 'profile.set' and profile_id = $1",
    [before.id],
  );
  expect(rows).toEqual([{ before, after }]);
});

test('the database itself refuses another mode', async () => {
  const { id } = await newProfile(await newMerchantId());
  await expect(
    bed.deps.database.pool.query("update profiles set mode = 'live' where id = $1", [id]),
  ).rejects.toThrow('mode never changes');
});

test('a new profile is reached by the administrators of its merchant and by nobody else', async () => {
  const ctx = bed.deps.systemCtx();
  const [merchantId, elsewhere] = [await newMerchantId(), await newMerchantId()];
  const people = [
    { merchantId, role: 'admin', email: 'admin1@merchant.test' },
    { merchantId, role: 'accountant', email: 'accountant1@merchant.test' },
    { merchantId: elsewhere, role: 'admin', email: 'admin2@merchant.test' },
  ] as const;
  for (const person of people) await createUser(ctx, { ...person, name: 'Ali' });
  const { id } = await newProfile(merchantId);
  const users = [
    ...(await listUsers(ctx, { merchantId })),
    ...(await listUsers(ctx, { merchantId: elsewhere })),
  ];
  const reaching = users.filter(({ profileIds }) => profileIds.includes(id));
  expect(reaching.map(({ email }) => email)).toEqual(['admin1@merchant.test']);
});

test('looking at the secrets is kept in the audit log without them', async () => {
  const { id } = await newProfile(await newMerchantId());
  const secrets = await revealProfileSecrets(bed.deps.systemCtx(), id);
  const { rows } = await bed.deps.database.pool.query<{ action: string; row: string }>(
    'select action, row_to_json(audit_log)::text as row from audit_log where profile_id = $1 order by id',
    [id],
  );
  expect(rows.map(({ action }) => action)).toEqual(['profile.create', 'profile.reveal_secrets']);
  for (const { row } of rows) expect(row).not.toContain(secrets.xSignatureKey);
});
