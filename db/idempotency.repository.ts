import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { isLockTimeout } from './errors.ts';

export interface KeyScope {
  readonly profileId: number;
  readonly method: string;
  readonly path: string;
  readonly key: string;
}

/** `mine`: whoever claims carries the request out. `busy`: an equal key was held by another for all of the wait. */
export type KeyClaim =
  | { readonly kind: 'mine' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'answered'; readonly requestHash: Buffer; readonly body: string };

/** Source: decisions.md, "Idempotency": kept 30 days. */
const KEEP_MS = 30 * 24 * 3_600_000;

/**
 * Takes the key for this transaction. Leans on the primary key: a second insert of an equal key waits until the first
 * transaction ends, `lock_timeout` at most, and then sees its answer or, after a rollback, takes the key itself. After
 * `busy` the transaction is good for nothing but its rollback.
 */
export async function claimIdempotencyKey(
  tx: Tx,
  claim: KeyScope & { requestHash: Buffer; atMs: number },
): Promise<KeyClaim> {
  await sql`set local lock_timeout = '10s'`.execute(tx);
  const claimed = await insertKey(tx, claim).catch((error: unknown) => {
    if (isLockTimeout(error)) return 'busy' as const;
    throw error;
  });
  if (claimed === 'busy') return { kind: 'busy' };
  await sql`set local lock_timeout to default`.execute(tx);
  if (claimed) return { kind: 'mine' };
  const stored = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'response_body'])
    .where('profile_id', '=', claim.profileId)
    .where('method', '=', claim.method)
    .where('path', '=', claim.path)
    .where('key', '=', claim.key)
    .executeTakeFirstOrThrow();
  return { kind: 'answered', requestHash: stored.request_hash, body: stored.response_body ?? '' };
}

/** True when the key is new, or its last use is forgotten. */
async function insertKey(tx: Tx, claim: KeyScope & { requestHash: Buffer; atMs: number }): Promise<boolean> {
  const values = {
    profile_id: claim.profileId,
    method: claim.method,
    path: claim.path,
    key: claim.key,
    request_hash: claim.requestHash,
    response_status: null,
    response_body: null,
    created_at: new Date(claim.atMs),
  };
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency_keys')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['profile_id', 'method', 'path', 'key'])
        .doUpdateSet(values)
        .where('idempotency_keys.created_at', '<=', new Date(claim.atMs - KEEP_MS)),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Keeps the answer in the transaction that did the work: both commit or neither. */
export async function storeIdempotentAnswer(tx: Tx, scope: KeyScope, body: string): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ response_status: 200, response_body: body })
    .where('profile_id', '=', scope.profileId)
    .where('method', '=', scope.method)
    .where('path', '=', scope.path)
    .where('key', '=', scope.key)
    .execute();
}
