import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { asOwner } from '../fixtures/sql.ts';

const MINE = 424_001;
const OTHER = 424_002;
/** What belongs to the installation and not to a profile, and what of it the app may read. */
const SHARED_AND_READABLE = ['holidays', 'merchants', 'profiles', 'users'];

let bed: Testbed;
let tables: string[] = [];
beforeAll(async () => {
  bed = await openTestbed();
  const rows = await asOwner<{ name: string }>(
    bed,
    `select c.table_name as name from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'profile_id' and t.table_type = 'BASE TABLE' order by 1`,
  );
  tables = rows.map(({ name }) => name);
  for (const table of tables) await dropChecks(table);
  for (const table of tables) for (const profileId of [MINE, OTHER]) await plant(table, profileId);
});
afterAll(() => bed.close());

/** A row needs no sense here, only an owner. */
async function dropChecks(table: string): Promise<void> {
  const checks = await asOwner<{ name: string }>(
    bed,
    `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
    [table],
  );
  for (const { name } of checks) await asOwner(bed, `alter table ${table} drop constraint ${name}`);
}

async function insertFor(table: string, profileId: number): Promise<string> {
  const columns = await asOwner<{ name: string; type: string }>(
    bed,
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and column_name <> 'profile_id'
       and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'`,
    [table],
  );
  const names = ['profile_id', ...columns.map(({ name }) => name)];
  const values = [String(profileId), ...columns.map(({ type }) => valueOf(type, profileId))];
  return `insert into ${table} (${names.join(', ')}) values (${values.join(', ')})`;
}

function valueOf(type: string, profileId: number): string {
  if (/int|numeric/.test(type)) return String(profileId);
  if (/timestamp|date/.test(type)) return 'now()';
  if (/json/.test(type)) return `'{}'`;
  if (type === 'boolean') return 'false';
  if (type === 'character') return `'MYR'`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'ARRAY') return `'{}'`;
  return `'row of ${profileId}'`;
}

async function plant(table: string, profileId: number): Promise<void> {
  await asOwner(
    bed,
    `begin; set local session_replication_role = replica; ${await insertFor(table, profileId)}; commit`,
  );
}

/** What the app does in a transaction of profile `MINE`, undone afterwards; a code when it is refused. */
async function asApp(
  sql: string,
  scope = `set local app.profile_id = '${MINE}'`,
): Promise<pg.QueryResult | string> {
  const client = await bed.deps.database.pool.connect();
  try {
    await client.query(
      `begin; set local session_replication_role = replica; set local role kekal_app; ${scope}`,
    );
    return await client.query(sql);
  } catch (error) {
    if (error instanceof pg.DatabaseError) return String(error.code);
    throw error;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

function rowsOf(result: pg.QueryResult | string): unknown[] {
  return typeof result === 'string' ? [result] : result.rows;
}

test('the app sees the rows of its profile and of no other, in every table that has profile_id', async () => {
  expect(tables.length).toBeGreaterThan(15);
  for (const table of tables) {
    const both = await asOwner(bed, `select profile_id from ${table} where profile_id in ($1, $2)`, [
      MINE,
      OTHER,
    ]);
    expect(both, table).toHaveLength(2);
    const seen = await asApp(`select distinct profile_id from ${table}`);
    if (seen === INSUFFICIENT_PRIVILEGE) continue;
    expect(rowsOf(seen), table).toEqual([{ profile_id: MINE }]);
  }
});

test('outside of a profile the app sees nothing', async () => {
  for (const table of tables) {
    const seen = await asApp(`select profile_id from ${table}`, '');
    expect(seen === INSUFFICIENT_PRIVILEGE || rowsOf(seen).length === 0, table).toBe(true);
  }
});

test('the app writes no row of another profile and gives none of its own away', async () => {
  for (const table of tables) {
    expect(await asApp(await insertFor(table, OTHER)), table).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await asApp(`update ${table} set profile_id = ${OTHER}`), table).toBe(INSUFFICIENT_PRIVILEGE);
    const reached = await asApp(`update ${table} set profile_id = profile_id where profile_id = ${OTHER}`);
    expect(reached === INSUFFICIENT_PRIVILEGE || (reached as pg.QueryResult).rowCount === 0, table).toBe(
      true,
    );
  }
});

test('the app deletes nothing anywhere, and truncates nothing', async () => {
  const rows = await asOwner(
    bed,
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and has_table_privilege('kekal_app', oid, 'delete, truncate')`,
  );
  expect(rows).toEqual([]);
});

test('of what belongs to no profile the app reads what is listed here and no more', async () => {
  const rows = await asOwner<{ name: string }>(
    bed,
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
       and has_any_column_privilege('kekal_app', oid, 'select') and not (relname = any($1)) order by 1`,
    [tables],
  );
  expect(rows.map(({ name }) => name)).toEqual(SHARED_AND_READABLE);
});

test('sequences are not for the app: it cannot read how much business others do, nor set them back', async () => {
  const rows = await asOwner(
    bed,
    `select relname from (select oid, relname from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'S' offset 0) s
       where has_sequence_privilege('kekal_app', oid, 'usage, select, update')`,
  );
  expect(rows).toEqual([]);
});
