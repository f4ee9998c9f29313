import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** Until the transaction ends nobody else reads or spends this profile's balance of `account`. */
export async function lockAccount(tx: Tx, profileId: number, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${account}:${profileId}`}, 0))`.execute(tx);
}

/** Debit positive, minor units. */
export async function balanceOf(
  tx: Tx,
  profileId: number,
  account: string,
  currency: string,
): Promise<number> {
  const row = await tx
    .selectFrom('ledger_entries')
    .select((eb) => eb.fn.sum<string | null>('amount_minor').as('sum'))
    .where('profile_id', '=', profileId)
    .where('account', '=', account)
    .where('currency', '=', currency)
    .executeTakeFirstOrThrow();
  return Number(row.sum ?? 0);
}
