import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

async function names(sql: string): Promise<string[]> {
  const { rows } = await bed.deps.database.pool.query<{ name: string }>(sql);
  return rows.map(({ name }) => name);
}

const WITH_PROFILE_ID = `select c.oid, c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'profile_id'`;

test('every table with profile_id, and the profiles themselves, are under row-level security', async () => {
  const tables = await names(`select relname as name from (${WITH_PROFILE_ID}) t`);
  expect(tables).toEqual(
    expect.arrayContaining(['bills', 'callbacks', 'ledger_entries', 'outbox', 'sessions']),
  );
  const open = await names(
    `select relname as name from pg_class where not relrowsecurity
       and oid in (select oid from (${WITH_PROFILE_ID}) t union select 'profiles'::regclass)`,
  );
  expect(open).toEqual([]);
});

test('what the app may see of such a table is bound to the profile of its transaction', async () => {
  const unbound = await names(
    `select tablename || '.' || policyname as name from pg_policies
       where 'kekal_app' = any (roles) and coalesce(qual, '') not like '%app.profile_id%'`,
  );
  expect(unbound).toEqual([]);
});

test('neither role owns a table, gets past row-level security, or may sign in by itself', async () => {
  const owned = await names(
    `select tablename as name from pg_tables where tableowner in ('kekal_app', 'kekal_system')`,
  );
  expect(owned).toEqual([]);
  const mighty = await names(
    `select rolname as name from pg_roles
       where rolname in ('kekal_app', 'kekal_system') and (rolbypassrls or rolsuper or rolcanlogin)`,
  );
  expect(mighty).toEqual([]);
});

test('without a profile the app sees no row at all', async () => {
  const { pool } = bed.deps.database;
  const { profile } = await newMerchant(bed);
  expect(await names('select id::text as name from profiles')).toEqual([String(profile.id)]);
  const client = await pool.connect();
  try {
    await client.query('begin; set local role kekal_app');
    const { rows } = await client.query(
      'select id from profiles union all select profile_id from user_profiles',
    );
    expect(rows).toEqual([]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('no API key, session or password hash is within reach of the app', async () => {
  const reachable = await names(
    `select table_name || '.' || column_name as name from information_schema.column_privileges
       where grantee = 'kekal_app' and privilege_type = 'SELECT'
         and (table_name in ('api_keys', 'sessions') or column_name = 'password_hash')`,
  );
  expect(reachable).toEqual([]);
});
