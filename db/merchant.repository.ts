import type { Selectable } from 'kysely';
import { refuse } from '#domain/refusal.ts';
import type { MerchantKind } from '#domain/tenant.ts';
import type { Tx } from './database.ts';
import type { MerchantsTable } from './tables/tenants.ts';

/** The legal entity. All of this file runs in the role `kekal_system`. */
export interface Merchant {
  readonly id: number;
  readonly name: string;
  readonly kind: MerchantKind;
  /** Account e-mail, lower case; splits name a merchant by it. */
  readonly email: string;
  readonly verifiedAtMs: number | null;
  readonly createdAtMs: number;
}

/** Nothing when the e-mail is taken. */
export async function insertMerchant(
  tx: Tx,
  merchant: Omit<Merchant, 'id' | 'verifiedAtMs'>,
): Promise<Merchant | undefined> {
  const row = await tx
    .insertInto('merchants')
    .values({
      name: merchant.name,
      kind: merchant.kind,
      email: merchant.email,
      verified_at: null,
      created_at: new Date(merchant.createdAtMs),
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && toMerchant(row);
}

/** Refuses `not_found`. `lock` holds it until the transaction ends. */
export async function loadMerchant(tx: Tx, id: number, options: { lock?: boolean } = {}): Promise<Merchant> {
  const row = await tx
    .selectFrom('merchants')
    .selectAll()
    .where('id', '=', id)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ? toMerchant(row) : refuse('not_found', { merchantId: id });
}

export async function findMerchantByEmail(tx: Tx, email: string): Promise<Merchant | undefined> {
  const row = await tx.selectFrom('merchants').selectAll().where('email', '=', email).executeTakeFirst();
  return row && toMerchant(row);
}

export async function saveVerified(tx: Tx, id: number, verifiedAtMs: number): Promise<void> {
  await tx
    .updateTable('merchants')
    .set({ verified_at: new Date(verifiedAtMs) })
    .where('id', '=', id)
    .execute();
}

/** One page, oldest first. */
export async function listMerchants(tx: Tx, page: { limit: number; offset: number }): Promise<Merchant[]> {
  const rows = await tx
    .selectFrom('merchants')
    .selectAll()
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map(toMerchant);
}

function toMerchant(row: Selectable<MerchantsTable>): Merchant {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    email: row.email,
    verifiedAtMs: row.verified_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
  };
}
