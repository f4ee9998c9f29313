import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMerchant } from '#services/merchant/create.ts';
import { createProfile } from '#services/profile/create.ts';
import { createUser } from '#services/user/create.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { until } from '#test/engine/until.ts';
import { createApiKey } from './create.ts';
import { listApiKeys } from './list.ts';
import { resolveApiKey } from './resolve.ts';
import { revokeApiKey } from './revoke.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

/** An accountant of a merchant with a sandbox and a live profile. */
async function newOwner(tag: string) {
  const ctx = bed.deps.systemCtx();
  const address = `${tag}@merchant.test`;
  const { id: merchantId } = await createMerchant(ctx, { name: tag, kind: 'company', email: address });
  const profile = async (mode: 'live' | 'sandbox') =>
    createProfile(ctx, {
      merchantId,
      mode,
      name: tag,
      contactEmail: address,
      xSignatureCallback: true,
      xSignatureRedirect: true,
    });
  const [sandbox, live] = [await profile('sandbox'), await profile('live')];
  const email = `${tag}@user.test`;
  const user = await createUser(ctx, { merchantId, name: tag, email, role: 'accountant' });
  return { ctx, email, user, sandbox, live };
}

test('a key opens the profiles that it was made for, with the role of its owner', async () => {
  const { ctx, email, user, sandbox, live } = await newOwner('opens');
  const one = await createApiKey(ctx, { email, profileIds: [sandbox.id] });
  const both = await createApiKey(ctx, { email, profileIds: [live.id, sandbox.id] });
  expect(one.secret).toMatch(/^kekal_sandbox_/);
  expect(both.secret).toMatch(/^kekal_multi_/);
  expect(await resolveApiKey(ctx, one.secret)).toMatchObject([
    { keyId: one.id, userId: user.id, role: 'accountant', profile: { id: sandbox.id, mode: 'sandbox' } },
  ]);
  const reach = await resolveApiKey(ctx, both.secret);
  expect(reach.map(({ profile }) => profile.id)).toEqual([sandbox.id, live.id]);
});

test('neither the key nor what hashes to it is found anywhere in the database but its hash', async () => {
  const { ctx, email, sandbox } = await newOwner('hidden');
  const { secret, prefix } = await createApiKey(ctx, { email, profileIds: [sandbox.id] });
  const { rows } = await bed.deps.database.pool.query<{ text: string }>(
    `select (select string_agg(row_to_json(api_keys)::text, ' ') from api_keys) ||
            (select string_agg(row_to_json(audit_log)::text, ' ') from audit_log) as text`,
  );
  expect(rows[0]?.text).toContain(prefix);
  expect(rows[0]?.text).not.toContain(secret.slice(prefix.length));
});

test('a key never reaches a profile that its owner does not', async () => {
  const [one, other] = [await newOwner('within'), await newOwner('without')];
  const making = createApiKey(one.ctx, { email: one.email, profileIds: [one.sandbox.id, other.sandbox.id] });
  await expect(making).rejects.toMatchObject({ code: 'not_found' });
  expect(await listApiKeys(one.ctx, { email: one.email })).toEqual([]);

  const { secret } = await createApiKey(one.ctx, { email: one.email, profileIds: [one.sandbox.id] });
  await bed.deps.database.pool.query('delete from user_profiles where user_id = $1', [one.user.id]);
  expect(await resolveApiKey(one.ctx, secret)).toEqual([]);
});

test.each(['active', 'api_access'])('a key of a user who lost "%s" opens nothing', async (right) => {
  const { ctx, email, user, sandbox } = await newOwner(`lost-${right.replace('_', '-')}`);
  const { secret } = await createApiKey(ctx, { email, profileIds: [sandbox.id] });
  expect(await resolveApiKey(ctx, secret)).toHaveLength(1);
  await bed.deps.database.pool.query(`update users set ${right} = false where id = $1`, [user.id]);
  expect(await resolveApiKey(ctx, secret)).toEqual([]);
});

test('a revoked key opens nothing, and is revoked once', async () => {
  const { ctx, email, sandbox } = await newOwner('revoked');
  const { id, secret } = await createApiKey(ctx, { email, profileIds: [sandbox.id] });
  await revokeApiKey(ctx, { apiKeyId: id });
  expect(await resolveApiKey(ctx, secret)).toEqual([]);
  await expect(revokeApiKey(ctx, { apiKeyId: id })).rejects.toMatchObject({ code: 'already_in_state' });
  expect(await listApiKeys(ctx, { email })).toEqual([]);
  expect(await listApiKeys(ctx, { email, revoked: true })).toHaveLength(1);
});

test('what is no key opens nothing', async () => {
  const { ctx } = await newOwner('nothing');
  expect(await resolveApiKey(ctx, '')).toEqual([]);
  expect(await resolveApiKey(ctx, 'kekal_sandbox_guess')).toEqual([]);
});

test('the last use of a key is noted at most once a minute', async () => {
  const { ctx, email, sandbox } = await newOwner('used');
  const { secret } = await createApiKey(ctx, { email, profileIds: [sandbox.id] });
  const startMs = ctx.now();
  const at = (ms: number) => ({ ...ctx, now: () => startMs + ms });
  const lastUse = async () => (await listApiKeys(ctx, { email }))[0]?.lastUsedAtMs ?? null;

  expect(await lastUse()).toBeNull();
  await Promise.all(Array.from({ length: 20 }, () => resolveApiKey(at(0), secret)));
  await until('the first use is noted', async () => (await lastUse()) === startMs);
  await resolveApiKey(at(59_999), secret);
  await resolveApiKey(at(60_000), secret);
  const seen = await until('a later use is noted', async () => {
    const ms = await lastUse();
    return ms !== startMs && ms;
  });
  expect(seen).toBe(startMs + 60_000);
});
