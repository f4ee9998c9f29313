import { sql } from 'kysely';
import type { Tx } from './database.ts';

export interface Alert {
  readonly id: number;
  readonly profileId: number | null;
  readonly kind: string;
  readonly object: string;
  readonly detail: string;
  readonly state: 'open' | 'acknowledged' | 'closed';
  readonly count: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** One open row per profile, kind and object; a repeat raises its count. Gives the id of a new one, null for a repeat. */
export async function upsertAlert(
  tx: Tx,
  alert: { profileId: number | null; kind: string; object: string; detail: string },
): Promise<number | null> {
  const { rows } = await sql<{
    id: number;
    count: number;
  }>`insert into alerts (profile_id, kind, object, detail)
    values (${alert.profileId}, ${alert.kind}, ${alert.object}, ${alert.detail})
    on conflict (coalesce(profile_id, 0), kind, object) where state <> 'closed'
    do update set count = alerts.count + 1, last_seen_at = now(), detail = excluded.detail
    returning id, count`.execute(tx);
  const [row] = rows;
  return row?.count === 1 ? row.id : null;
}

/** E-mail addresses of the active administrators who reach a profile. */
export async function administratorsOf(tx: Tx, profileId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('users')
    .innerJoin('user_profiles', 'user_profiles.user_id', 'users.id')
    .select('users.email')
    .where('user_profiles.profile_id', '=', profileId)
    .where('users.role', '=', 'admin')
    .where('users.active', '=', true)
    .orderBy('users.id')
    .limit(20)
    .execute();
  return rows.map(({ email }) => email);
}

/** Newest first; without `profileId` those of every profile and of the installation. */
export async function listAlerts(
  tx: Tx,
  filter: { profileId?: number; open: boolean; limit: number; offset: number },
): Promise<Alert[]> {
  const rows = await tx
    .selectFrom('alerts')
    .selectAll()
    .$if(filter.profileId !== undefined, (q) => q.where('profile_id', '=', filter.profileId as number))
    .$if(filter.open, (q) => q.where('state', '<>', 'closed'))
    .orderBy('last_seen_at', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    profileId: row.profile_id,
    kind: row.kind,
    object: row.object,
    detail: row.detail,
    state: row.state,
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  }));
}

/** False when there is no such open alert. */
export async function closeAlert(tx: Tx, id: number): Promise<boolean> {
  const result = await tx
    .updateTable('alerts')
    .set({ state: 'closed' })
    .where('id', '=', id)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}
