import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPasswordHash } from '#db/user.repository.ts';
import { createMerchant } from '#services/merchant/create.ts';
import { createProfile } from '#services/profile/create.ts';
import { isPassword } from '#services/secrets/password-hash.ts';
import { tokenHash } from '#services/secrets/secret-box.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { createUser } from './create.ts';
import { resetUser } from './reset.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

async function newMerchant(tag: string) {
  const ctx = bed.deps.systemCtx();
  const { id } = await createMerchant(ctx, { name: tag, kind: 'company', email: `${tag}@merchant.test` });
  const newProfile = () =>
    createProfile(ctx, {
      merchantId: id,
      mode: 'sandbox',
      name: tag,
      contactEmail: `${tag}@merchant.test`,
      xSignatureCallback: true,
      xSignatureRedirect: true,
    });
  return { id, profiles: [(await newProfile()).id, (await newProfile()).id] };
}

test('a user reaches the profiles that were named, or all of the merchant', async () => {
  const { id: merchantId, profiles } = await newMerchant('reach');
  const ctx = bed.deps.systemCtx();
  const person = { merchantId, name: 'Ali', role: 'normal' } as const;
  const all = await createUser(ctx, { ...person, email: 'all@user.test' });
  const one = await createUser(ctx, { ...person, email: 'One@User.test', profileIds: profiles.slice(1) });
  expect(all.profileIds).toEqual(profiles);
  expect(one).toMatchObject({ email: 'one@user.test', profileIds: profiles.slice(1), active: true });
});

test("a user never reaches another merchant's profile, and then is not made at all", async () => {
  const [own, other] = [await newMerchant('own'), await newMerchant('other')];
  const ctx = bed.deps.systemCtx();
  const person = { merchantId: own.id, name: 'Ali', role: 'admin', email: 'stranger@user.test' } as const;
  await expect(createUser(ctx, { ...person, profileIds: [other.profiles[0] ?? 0] })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await createUser(ctx, person)).toMatchObject({ email: 'stranger@user.test' });
});

test('an e-mail belongs to one user of the whole installation', async () => {
  const [one, two] = [await newMerchant('one'), await newMerchant('two')];
  const ctx = bed.deps.systemCtx();
  const person = { name: 'Ali', role: 'normal', email: 'same@user.test' } as const;
  await createUser(ctx, { ...person, merchantId: one.id });
  await expect(createUser(ctx, { ...person, merchantId: two.id })).rejects.toMatchObject({ code: 'taken' });
});

test('a reset changes the password and ends every session of that user only', async () => {
  const { id: merchantId } = await newMerchant('reset');
  const ctx = bed.deps.systemCtx();
  const person = { merchantId, name: 'Ali', role: 'admin' } as const;
  const user = await createUser(ctx, { ...person, email: 'reset@user.test', password: 'the first password' });
  const other = await createUser(ctx, {
    ...person,
    email: 'other@user.test',
    password: 'the first password',
  });
  for (const [index, userId] of [user.id, user.id, other.id].entries()) {
    await bed.deps.database.pool.query(
      "insert into sessions (user_id, token_hash, expires_at) values ($1, $2, now() + interval '1 day')",
      [userId, tokenHash(`session ${index}`)],
    );
  }

  const done = await resetUser(ctx, { email: 'RESET@user.test', password: 'the second password' });

  expect(done).toEqual({ userId: user.id, sessionsEnded: 2 });
  const hash = await ctx.inTransaction((tx) => findPasswordHash(tx, 'reset@user.test'));
  expect(await isPassword(hash, 'the second password')).toBe(true);
  expect(await isPassword(hash, 'the first password')).toBe(false);
  const { rows } = await bed.deps.database.pool.query(
    'select user_id from sessions where revoked_at is null',
  );
  expect(rows).toEqual([{ user_id: other.id }]);
});

test('no password reaches the audit log, nor can a profile read its hash', async () => {
  const { id: merchantId, profiles } = await newMerchant('silent');
  const ctx = bed.deps.systemCtx();
  const email = 'silent@user.test';
  await createUser(ctx, { merchantId, name: 'Ali', role: 'admin', email, password: 'unspeakable word' });
  await resetUser(ctx, { email, password: 'another unspeakable word' });
  const { rows } = await bed.deps.database.pool.query<{ log: string }>(
    "select string_agg(row_to_json(audit_log)::text, ' ') as log from audit_log",
  );
  expect(rows[0]?.log).toContain('user.reset');
  expect(rows[0]?.log).not.toMatch(/unspeakable|argon2/);
  await expect(
    bed.deps.database.asProfile(profiles[0] ?? 0, (tx) => findPasswordHash(tx, email)),
  ).rejects.toThrow('permission denied');
});

test('a short password is refused before anything is written', async () => {
  const { id: merchantId } = await newMerchant('short');
  const person = { merchantId, name: 'Ali', role: 'admin', email: 'short@user.test' } as const;
  const ctx = bed.deps.systemCtx();
  await expect(createUser(ctx, { ...person, password: 'eleven char' })).rejects.toThrow('>=12 characters');
  expect(await createUser(ctx, person)).toMatchObject({ email: 'short@user.test' });
});
