import type { Tx } from './database.ts';

/** One sign-in of one browser. All of this file runs in the role `kekal_system`. */
export interface Session {
  readonly id: number;
  readonly userId: number;
  /** Lower case. */
  readonly email: string;
  /** The one that was chosen last; nothing says that the user still reaches it. */
  readonly profileId: number | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface NewSession {
  readonly userId: number;
  /** SHA-256: who reads the table cannot sign in. */
  readonly tokenHash: Buffer;
  readonly profileId: number | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly userAgent: string | null;
}

/** Gives the new session's id. */
export async function insertSession(tx: Tx, session: NewSession): Promise<number> {
  const { id } = await tx
    .insertInto('sessions')
    .values({
      user_id: session.userId,
      token_hash: session.tokenHash,
      profile_id: session.profileId,
      created_at: new Date(session.createdAtMs),
      expires_at: new Date(session.expiresAtMs),
      revoked_at: null,
      user_agent: session.userAgent,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The session that this token opens at `nowMs`; nothing when unknown, revoked, expired, or its user is inactive. */
export async function findSession(tx: Tx, tokenHash: Buffer, nowMs: number): Promise<Session | undefined> {
  const row = await tx
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.user_id',
      'sessions.profile_id',
      'sessions.created_at',
      'sessions.expires_at',
      'users.email',
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', new Date(nowMs))
    .where('users.active', '=', true)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    profileId: row.profile_id,
    createdAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  };
}

/** Only ever later: two requests at once do not shorten each other's. */
export async function extendSession(tx: Tx, id: number, expiresAtMs: number): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ expires_at: new Date(expiresAtMs) })
    .where('id', '=', id)
    .where('expires_at', '<', new Date(expiresAtMs))
    .execute();
}

export async function saveSessionProfile(tx: Tx, id: number, profileId: number): Promise<void> {
  await tx.updateTable('sessions').set({ profile_id: profileId }).where('id', '=', id).execute();
}

/** False when the token opened nothing. */
export async function revokeSession(tx: Tx, tokenHash: Buffer, atMs: number): Promise<boolean> {
  const result = await tx
    .updateTable('sessions')
    .set({ revoked_at: new Date(atMs) })
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
