import { refuse } from '#domain/refusal.ts';
import type { Role } from '#domain/tenant.ts';
import type { Tx } from './database.ts';

/** A person of a merchant. All of this file runs in the role `kekal_system`. */
export interface User {
  readonly id: number;
  readonly merchantId: number;
  readonly name: string;
  /** Lower case; what they sign in with. */
  readonly email: string;
  readonly role: Role;
  readonly active: boolean;
  readonly apiAccess: boolean;
  /** The profiles that they reach, in ascending order. */
  readonly profileIds: readonly number[];
}

export type NewUser = Omit<User, 'id' | 'active' | 'apiAccess'> & {
  readonly passwordHash: string | null;
  readonly createdAtMs: number;
};

/** Nothing when the e-mail is taken. */
export async function insertUser(tx: Tx, user: NewUser): Promise<User | undefined> {
  const row = await tx
    .insertInto('users')
    .values({
      merchant_id: user.merchantId,
      name: user.name,
      email: user.email,
      role: user.role,
      password_hash: user.passwordHash,
      created_at: new Date(user.createdAtMs),
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return undefined;
  for (const profileId of user.profileIds) await insertReach(tx, row.id, profileId);
  return loadUserByEmail(tx, user.email);
}

/** The user reaches the profile from now on. */
export async function insertReach(tx: Tx, userId: number, profileId: number): Promise<void> {
  await tx
    .insertInto('user_profiles')
    .values({ user_id: userId, profile_id: profileId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Refuses `not_found`. `email` in lower case; `lock` holds the user until the transaction ends. */
export async function loadUserByEmail(
  tx: Tx,
  email: string,
  options: { lock?: boolean } = {},
): Promise<User> {
  const row = await tx
    .selectFrom('users')
    .select(COLUMNS)
    .where('email', '=', email)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  if (!row) return refuse('not_found', { email });
  return (await withReach(tx, [row]))[0] as User;
}

/** Nothing for a user without a password or an unknown one. */
export async function findPasswordHash(tx: Tx, email: string): Promise<string | null> {
  const row = await tx
    .selectFrom('users')
    .select('password_hash')
    .where('email', '=', email)
    .executeTakeFirst();
  return row?.password_hash ?? null;
}

export async function savePasswordHash(tx: Tx, userId: number, passwordHash: string): Promise<void> {
  await tx.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId).execute();
}

/** Ends every session of the user; gives how many were open. */
export async function revokeSessions(tx: Tx, userId: number, atMs: number): Promise<number> {
  const result = await tx
    .updateTable('sessions')
    .set({ revoked_at: new Date(atMs) })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** One page, oldest first; without `merchantId` those of every merchant. */
export async function listUsers(
  tx: Tx,
  filter: { merchantId?: number; role?: Role; limit: number; offset: number },
): Promise<User[]> {
  const rows = await tx
    .selectFrom('users')
    .select(COLUMNS)
    .$if(filter.merchantId !== undefined, (q) => q.where('merchant_id', '=', filter.merchantId as number))
    .$if(filter.role !== undefined, (q) => q.where('role', '=', filter.role as Role))
    .orderBy('id')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return withReach(tx, rows);
}

const COLUMNS = ['id', 'merchant_id', 'name', 'email', 'role', 'active', 'api_access'] as const;

interface Row {
  id: number;
  merchant_id: number;
  name: string;
  email: string;
  role: Role;
  active: boolean;
  api_access: boolean;
}

async function withReach(tx: Tx, rows: readonly Row[]): Promise<User[]> {
  if (rows.length === 0) return [];
  const reach = await tx
    .selectFrom('user_profiles')
    .selectAll()
    .where(
      'user_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('profile_id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    merchantId: row.merchant_id,
    name: row.name,
    email: row.email,
    role: row.role,
    active: row.active,
    apiAccess: row.api_access,
    profileIds: reach.filter((pair) => pair.user_id === row.id).map((pair) => pair.profile_id),
  }));
}
