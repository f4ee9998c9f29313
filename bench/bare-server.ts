import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';

/** What the parent says over the channel. */
export interface BareStart {
  readonly databaseUrl: string;
  readonly port: number;
  readonly poolMax: number;
}

const TABLE = `create table if not exists bench_bare_bills (
  id text primary key, collection_id text not null, email text not null, name text not null, amount bigint not null,
  callback_url text not null, description text not null, created_at timestamptz not null default now())`;
const INSERT = `insert into bench_bare_bills (id, collection_id, email, name, amount, callback_url, description)
  values ($1, $2, $3, $4, $5, $6, $7) returning *`;

/**
 * The least that could be called creating a bill: parse the form, one durable insert, answer with the row. And the least
 * that could be called reading one.
 */
async function listen({ databaseUrl, port, poolMax }: BareStart): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolMax });
  await pool.query(TABLE);
  const app = new Hono();
  app.post('/bills', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const value = (name: string) => form.get(name) ?? '';
    const { rows } = await pool.query<Record<string, unknown>>(INSERT, [
      crypto.randomUUID(),
      value('collection_id'),
      value('email'),
      value('name'),
      Number(value('amount')),
      value('callback_url'),
      value('description'),
    ]);
    return c.json(rows[0]);
  });
  app.get('/bills/:id', async (c) => {
    const { rows } = await pool.query<Record<string, unknown>>(
      'select * from bench_bare_bills where id = $1',
      [c.req.param('id')],
    );
    return c.json(rows[0]);
  });
  serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => process.send?.('ready'));
}

process.once('message', (start: BareStart) => void listen(start));
process.once('disconnect', () => process.exit(0));
