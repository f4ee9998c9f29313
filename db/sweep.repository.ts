import { sql } from 'kysely';
import type { Tx } from './database.ts';

export interface Forgotten {
  readonly profileId: number;
  readonly id: string;
}

/** Live rows that nobody has told Temporal of for a while: whose outbox row is gone and who should have moved on. */
export async function overdueCallbacks(tx: Tx, limit: number): Promise<Forgotten[]> {
  // A pending callback is attempted within a day of the last attempt; ten minutes more are grace.
  const { rows } = await sql<{ profile_id: number; id: string }>`
    select c.profile_id, c.id from callbacks c
    left join lateral (
      select max(a.recorded_at) as last_at, count(*) as made from callback_attempts a where a.callback_id = c.id
    ) a on true
    where c.status = 'pending'
      and coalesce(a.last_at, c.first_due_at) < now() - case when a.made = 0 then interval '10 minutes'
        else interval '25 hours' end
      and not exists (
        select 1 from outbox o where o.relayed_at is null and o.workflow_id = 'callback-' || c.id
      )
    order by c.seq limit ${limit}`.execute(tx);
  return rows.map((row) => ({ profileId: row.profile_id, id: row.id }));
}

/** Pending payments whose time to ask passed ten minutes ago. */
export async function overduePayments(tx: Tx, limit: number): Promise<Forgotten[]> {
  const { rows } = await sql<{ profile_id: number; id: string }>`
    select p.profile_id, p.id from payments p
    where p.status = 'pending' and p.check_again_at < now() - interval '10 minutes'
      and not exists (
        select 1 from outbox o where o.relayed_at is null and o.workflow_id = 'payment-' || p.id
      )
    order by p.seq limit ${limit}`.execute(tx);
  return rows.map((row) => ({ profileId: row.profile_id, id: row.id }));
}

/** Pending mails whose next try is hours late: the longest gap between two tries is two hours. */
export async function overdueMails(
  tx: Tx,
  limit: number,
): Promise<{ profileId: number | null; id: string }[]> {
  const { rows } = await sql<{ profile_id: number | null; id: string }>`
    select m.profile_id, m.id from mails m
    where m.status = 'pending' and m.created_at < now() - interval '10 minutes'
      and not exists (
        select 1 from mail_tries t where t.mail_id = m.id and t.recorded_at > now() - interval '3 hours'
      )
      and not exists (
        select 1 from outbox o where o.relayed_at is null and o.workflow_id = 'mail-' || m.id
      )
    order by m.seq limit ${limit}`.execute(tx);
  return rows.map((row) => ({ profileId: row.profile_id, id: row.id }));
}

/** Objects with a command that waits for more than a minute and no message on its way. */
export async function waitingCommands(
  tx: Tx,
  limit: number,
): Promise<(Forgotten & { objectType: string })[]> {
  const { rows } = await sql<{ profile_id: number; object_type: string; object_id: string }>`
    select distinct c.profile_id, c.object_type, c.object_id from commands c
    where c.outcome is null and c.recorded_at < now() - interval '1 minute'
      and not exists (
        select 1 from outbox o
        where o.relayed_at is null and o.workflow_id = c.object_type || '-' || c.object_id
      )
    limit ${limit}`.execute(tx);
  return rows.map((row) => ({ profileId: row.profile_id, id: row.object_id, objectType: row.object_type }));
}

/** Forgets idempotency keys after 30 days. Source: decisions.md, "Idempotency". */
export async function deleteOldIdempotencyKeys(tx: Tx): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - interval '30 days'`.execute(tx);
}
