import { register } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#db/database.ts';
import { openTestbed, type Testbed } from '../test/engine/testbed.ts';
import { newBill, pay } from '../test/fixtures/bill.ts';
import { newMerchant } from '../test/fixtures/merchant.ts';
import { registerMetrics } from './metrics.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
  registerMetrics(bed.deps.database);
});
afterAll(() => bed.close());

const valueOf = async (name: string) => {
  const line = (await register.metrics()).split('\n').find((each) => each.startsWith(name));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

test('a scrape counts what waits in the database at that moment', async () => {
  expect(await valueOf('kekal_outbox_waiting')).toBe(0);
  const merchant = await newMerchant(bed);
  await pay(bed, merchant, await newBill(merchant), 'pending');
  await pay(bed, merchant, await newBill(merchant));

  expect(await valueOf('kekal_outbox_waiting')).toBeGreaterThan(0);
  expect(await valueOf('kekal_outbox_oldest_seconds')).toBeGreaterThan(0);
  expect(await valueOf('kekal_payments_pending')).toBe(1);
  expect(await valueOf('kekal_callbacks{status="pending"}')).toBe(1);
});

test('a scrape while Postgres is away tells of the process and says that the rest is unknown', async () => {
  const away = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', poolMax: 1 });
  registerMetrics(away);
  const text = await register.metrics();
  expect(text).toContain('process_cpu_user_seconds_total');
  expect(text).toMatch(/^kekal_outbox_waiting Nan$/m);
  await away.close();
});
