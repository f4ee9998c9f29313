import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';

/** A user's secret for the APIs, by its hash. All of this file runs in the role `kekal_system`. */
export interface ApiKey {
  readonly id: number;
  readonly userId: number;
  readonly userEmail: string;
  /** The beginning of the secret, to know it by. */
  readonly prefix: string;
  /** In ascending order. */
  readonly profileIds: readonly number[];
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

export interface NewApiKey {
  readonly userId: number;
  readonly prefix: string;
  readonly keyHash: Buffer;
  readonly profileIds: readonly number[];
  readonly createdAtMs: number;
}

export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<number> {
  const { id } = await tx
    .insertInto('api_keys')
    .values({
      user_id: key.userId,
      prefix: key.prefix,
      key_hash: key.keyHash,
      created_at: new Date(key.createdAtMs),
      last_used_at: null,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('api_key_profiles')
    .values(key.profileIds.map((profileId) => ({ api_key_id: id, profile_id: profileId })))
    .execute();
  return id;
}

/** Refuses `not_found`. `lock` holds the key until the transaction ends. */
export async function loadApiKey(tx: Tx, id: number, options: { lock?: boolean } = {}): Promise<ApiKey> {
  const row = await keys(tx)
    .where('api_keys.id', '=', id)
    .$if(options.lock === true, (q) => q.forUpdate('api_keys'))
    .executeTakeFirst();
  if (!row) return refuse('not_found', { apiKeyId: id });
  return (await withProfiles(tx, [row]))[0] as ApiKey;
}

export async function saveRevoked(tx: Tx, id: number, revokedAtMs: number): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ revoked_at: new Date(revokedAtMs) })
    .where('id', '=', id)
    .execute();
}

/**
 * Notes a use, unless one was noted later than `staleBefore`. Of many requests with one key that arrive at once, one
 * writes and none of the others waits for it.
 */
export async function touchApiKey(tx: Tx, id: number, usedAt: Date, staleBefore: Date): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ last_used_at: usedAt })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('api_keys')
        .select('id')
        .where('id', '=', id)
        .where((or) => or.or([or('last_used_at', 'is', null), or('last_used_at', '<=', staleBefore)]))
        .forUpdate()
        .skipLocked(),
    )
    .execute();
}

/** One page, oldest first; revoked ones only when asked for. */
export async function listApiKeys(
  tx: Tx,
  filter: { userId?: number; revoked: boolean; limit: number; offset: number },
): Promise<ApiKey[]> {
  const rows = await keys(tx)
    .$if(filter.userId !== undefined, (q) => q.where('api_keys.user_id', '=', filter.userId as number))
    .$if(!filter.revoked, (q) => q.where('api_keys.revoked_at', 'is', null))
    .orderBy('api_keys.id')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return withProfiles(tx, rows);
}

function keys(tx: Tx) {
  return tx
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select([
      'api_keys.id',
      'api_keys.user_id',
      'users.email as user_email',
      'api_keys.prefix',
      'api_keys.created_at',
      'api_keys.last_used_at',
      'api_keys.revoked_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof keys>['executeTakeFirstOrThrow']>>;

async function withProfiles(tx: Tx, rows: readonly Row[]): Promise<ApiKey[]> {
  if (rows.length === 0) return [];
  const reach = await tx
    .selectFrom('api_key_profiles')
    .selectAll()
    .where(
      'api_key_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('profile_id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    userEmail: row.user_email,
    prefix: row.prefix,
    profileIds: reach.filter((pair) => pair.api_key_id === row.id).map((pair) => pair.profile_id),
    createdAtMs: row.created_at.getTime(),
    lastUsedAtMs: row.last_used_at?.getTime() ?? null,
    revokedAtMs: row.revoked_at?.getTime() ?? null,
  }));
}
