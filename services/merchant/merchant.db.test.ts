import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { createMerchant } from './create.ts';
import { listMerchants } from './list.ts';
import { verifyMerchant } from './verify.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

test('a merchant is not verified until the operator says so, once', async () => {
  const ctx = bed.deps.systemCtx();
  const made = await createMerchant(ctx, { name: 'Kedai', kind: 'company', email: 'Kedai@Merchant.test' });
  expect(made).toMatchObject({ email: 'kedai@merchant.test', verifiedAtMs: null });

  const verified = await verifyMerchant(ctx, { merchantId: made.id });
  expect(verified.verifiedAtMs).not.toBeNull();
  await expect(verifyMerchant(ctx, { merchantId: made.id })).rejects.toMatchObject({
    code: 'already_in_state',
  });
  expect(await listMerchants(ctx)).toContainEqual(verified);
});

test('of two merchants with one e-mail at once, in any case of letters, one is made', async () => {
  const ctx = bed.deps.systemCtx();
  const results = await Promise.allSettled(
    ['twice@merchant.test', 'TWICE@merchant.test'].map((email) =>
      createMerchant(ctx, { name: 'Twice', kind: 'company', email }),
    ),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results).toContainEqual(
    expect.objectContaining({ reason: expect.objectContaining({ code: 'taken' }) as unknown }),
  );
});

test('nobody but our own processes makes or verifies merchants', async () => {
  const ctx = bed.deps.systemCtx({ actor: { kind: 'user', userId: 1, role: 'admin', via: 'portal' } });
  const input = { name: 'Kedai', kind: 'company', email: 'admin@merchant.test' } as const;
  await expect(createMerchant(ctx, input)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(verifyMerchant(ctx, { merchantId: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listMerchants(ctx)).rejects.toMatchObject({ code: 'forbidden' });
});
