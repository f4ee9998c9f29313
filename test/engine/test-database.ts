import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { TEMPLATE } from './global-setup.ts';

const RANGE = 1_000_000;

/** A clone of the migrated template, for one test file. Its ids begin in a range of its own: namespaces are shared. */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { port, user, password } = inject('engine').postgres;
  const url = (database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const name = `kekal_${randomBytes(6).toString('hex')}`;
  await query(url('postgres'), `create database ${name} template ${TEMPLATE} strategy file_copy`);
  await query(url(name), SPREAD_SEQUENCES(randomBytes(2).readUInt16BE() % 2000));
  return {
    url: url(name),
    drop: () => query(url('postgres'), `drop database ${name} with (force)`),
  };
}

const SPREAD_SEQUENCES = (slot: number) => `do $$ declare s record; begin
  for s in select schemaname, sequencename from pg_sequences where schemaname = 'public' loop
    perform setval(format('%I.%I', s.schemaname, s.sequencename)::regclass, ${(slot + 1) * RANGE});
  end loop; end $$`;

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
