import { afterAll, beforeAll, expect, test } from 'vitest';
import { worsenRank } from '#db/callback.repository.ts';
import type { Mode } from '#domain/tenant.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newMerchant, type TestMerchant } from '#test/fixtures/merchant.ts';
import { readRank, resetRanks } from './rank.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

/** Kuala Lumpur is at +08:00 all year. */
function klMs(text: string): number {
  return Date.parse(`${text}+08:00`);
}

async function worsen({ ctx, profile }: TestMerchant, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await ctx.inTransaction((tx) => worsenRank(tx, profile.id));
}

function reset(mode: Mode, at: string): Promise<number> {
  return resetRanks(bed.deps.systemCtx(), mode, klMs(at));
}

test('a rank begins at 0, rises by one and stops at 10', async () => {
  const merchant = await newMerchant(bed);
  expect(await readRank(merchant.ctx)).toBe(0);
  await worsen(merchant, 3);
  expect(await readRank(merchant.ctx)).toBe(3);
  await worsen(merchant, 9);
  expect(await readRank(merchant.ctx)).toBe(10);
});

test('failures that meet are all counted', async () => {
  const merchant = await newMerchant(bed);
  await Promise.all([worsen(merchant, 2), worsen(merchant, 2), worsen(merchant, 2)]);
  expect(await readRank(merchant.ctx)).toBe(6);
});

test('a reset is for one mode, and a second run for the same 17:00 leaves what failed since', async () => {
  const merchant = await newMerchant(bed);
  const live = await newMerchant(bed, { mode: 'live' });
  await worsen(merchant, 4);
  await worsen(live, 4);
  await reset('sandbox', '2026-11-23T17:00:00.2');
  expect(await readRank(merchant.ctx)).toBe(0);
  expect(await readRank(live.ctx)).toBe(4);

  await worsen(merchant, 2);
  await reset('sandbox', '2026-11-23T17:00:05');
  expect(await readRank(merchant.ctx)).toBe(2);
  await reset('sandbox', '2026-11-24T17:00:00.2');
  expect(await readRank(merchant.ctx)).toBe(0);
});

test('a reset that comes late, the next morning, does not use up the next one', async () => {
  const merchant = await newMerchant(bed);
  await worsen(merchant, 1);
  await reset('sandbox', '2026-12-01T10:30:00');
  expect(await readRank(merchant.ctx)).toBe(0);

  await worsen(merchant, 5);
  await reset('sandbox', '2026-12-01T17:00:00');
  expect(await readRank(merchant.ctx)).toBe(0);
});

test('only our own processes reset', async () => {
  const merchant = await newMerchant(bed);
  await worsen(merchant, 1);
  const person = { ...bed.deps.systemCtx(), actor: merchant.ctx.actor };
  await expect(resetRanks(person, 'sandbox', Date.now())).rejects.toMatchObject({ code: 'forbidden' });
  expect(await readRank(merchant.ctx)).toBe(1);
});
