import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** Counts for an operator's graphs; role `kekal_system`. Each leans on a partial index or a day's worth of rows. */
export async function countWaiting(tx: Tx): Promise<{
  callbacks: { status: string; count: number }[];
  alerts: { kind: string; count: number }[];
  pendingPayments: number;
}> {
  const callbacks = await sql<{ status: string; count: number }>`
    select status, count(*) as count from callbacks
    where status = 'pending' or settled_at > now() - interval '1 day' group by status`.execute(tx);
  const alerts = await tx
    .selectFrom('alerts')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .where('state', '<>', 'closed')
    .groupBy('kind')
    .execute();
  const payments = await tx
    .selectFrom('payments')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow();
  return { callbacks: callbacks.rows, alerts, pendingPayments: payments.count };
}
