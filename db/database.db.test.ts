import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '../test/engine/testbed.ts';
import type { Tx } from './database.ts';
import { isDatabaseDown } from './errors.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed({ KEKAL_DATABASE_POOL_MAX: '3' });
});
afterAll(() => bed.close());

const asWhom = async (tx: Tx) => {
  const { rows } = await sql<{ who: string; profile: string | null }>`
    select current_user as who, nullif(current_setting('app.profile_id', true), '') as profile`.execute(tx);
  return rows[0];
};

test('the very first statement of a transaction runs under its role, however many share the connections', async () => {
  const { asProfile, asSystem, lookUp } = bed.deps.database;
  const rounds = Array.from({ length: 60 }, (_, n) => n + 1);
  const seen = await Promise.all(
    rounds.map(async (n) => [await asProfile(n, asWhom), await asSystem(asWhom), await lookUp(asWhom)]),
  );
  expect(seen).toEqual(
    rounds.map((n) => [
      { who: 'kekal_app', profile: String(n) },
      { who: 'kekal_system', profile: null },
      { who: 'kekal_system', profile: null },
    ]),
  );
});

test('an error in a transaction leaves nothing behind and the connection good', async () => {
  const { asSystem } = bed.deps.database;
  await expect(
    asSystem(async (tx) => {
      await sql`insert into rate_limits (key, points) values ('half', 1)`.execute(tx);
      await sql`select 1 / 0`.execute(tx);
    }),
  ).rejects.toThrow('division by zero');
  const { rows } = await asSystem((tx) => sql`select 1 from rate_limits where key = 'half'`.execute(tx));
  expect(rows).toEqual([]);
});

test('a look-up that fails says why', async () => {
  await expect(bed.deps.database.lookUp((tx) => sql`select 1 / 0`.execute(tx))).rejects.toThrow(
    'division by zero',
  );
});

test('a plan older than a migration fails once, as a database that is away, and is planned anew', async () => {
  const { asSystem, kysely } = bed.deps.database;
  await sql`create table planned (id int)`.execute(kysely);
  const planned = () =>
    asSystem((tx) => sql`select * from planned where id = ${1}`.execute(tx)).then(
      () => 'fine',
      (error: unknown) => (isDatabaseDown(error) ? 'away' : String(error)),
    );
  await sql`grant select on planned to kekal_system`.execute(kysely);
  const before = await Promise.all([planned(), planned(), planned()]);
  await sql`alter table planned add column more text`.execute(kysely);
  const after = await Promise.all([planned(), planned(), planned()]);
  const later = await Promise.all([planned(), planned(), planned()]);
  expect(before).toEqual(['fine', 'fine', 'fine']);
  expect(after).toContain('away');
  expect(later).toEqual(['fine', 'fine', 'fine']);
});
