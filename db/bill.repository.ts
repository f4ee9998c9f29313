import type { Selectable } from 'kysely';
import type { Sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { BillsTable } from './tables/bills.ts';

export interface Bill {
  readonly id: string;
  readonly profileId: number;
  readonly collectionId: string;
  readonly state: 'due' | 'paid' | 'deleted';
  readonly amountSen: Sen;
  readonly paidAmountSen: Sen;
  /** `YYYY-MM-DD` in the profile's zone. */
  readonly dueOn: string;
  readonly email: string | null;
  readonly mobile: string | null;
  /** As sent; answers show it in upper case. */
  readonly name: string;
  readonly description: string;
  readonly callbackUrl: string | null;
  readonly redirectUrl: string | null;
  readonly reference1Label: string;
  readonly reference1: string | null;
  readonly reference2Label: string;
  readonly reference2: string | null;
  readonly deliver: boolean;
  readonly paidAtMs: number | null;
  readonly createdBy: number | null;
  readonly createdAtMs: number;
}

interface Find {
  readonly lock?: boolean;
  readonly createdBy?: number;
}

/** Another profile's bill, or one outside `createdBy`, does not exist: `not_found`. `lock` holds it until the end. */
export async function loadBill(tx: Tx, profileId: number, id: string, find: Find = {}): Promise<Bill> {
  const row = await tx
    .selectFrom('bills')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .$if(find.createdBy !== undefined, (q) => q.where('created_by', '=', find.createdBy as number))
    .$if(find.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ? toBill(row) : refuse('not_found', { billId: id });
}

/** Whose bill this is, for pages that know nothing but its id; role `kekal_system`. */
export async function profileOfBill(tx: Tx, id: string): Promise<number | undefined> {
  const row = await tx.selectFrom('bills').select('profile_id').where('id', '=', id).executeTakeFirst();
  return row?.profile_id;
}

/** False when the id is taken. */
export async function insertBill(tx: Tx, bill: Bill): Promise<boolean> {
  const inserted = await tx
    .insertInto('bills')
    .values({
      id: bill.id,
      profile_id: bill.profileId,
      collection_id: bill.collectionId,
      state: bill.state,
      amount_sen: bill.amountSen,
      paid_amount_sen: bill.paidAmountSen,
      due_on: bill.dueOn,
      email: bill.email,
      mobile: bill.mobile,
      name: bill.name,
      description: bill.description,
      callback_url: bill.callbackUrl,
      redirect_url: bill.redirectUrl,
      reference_1_label: bill.reference1Label,
      reference_1: bill.reference1,
      reference_2_label: bill.reference2Label,
      reference_2: bill.reference2,
      deliver: bill.deliver,
      paid_at: bill.paidAtMs === null ? null : new Date(bill.paidAtMs),
      created_by: bill.createdBy,
      created_at: new Date(bill.createdAtMs),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Writes what a payment or a deletion may change; everything else of a bill is fixed when it is made. */
export async function saveBillState(
  tx: Tx,
  bill: Pick<Bill, 'id' | 'profileId' | 'state' | 'paidAmountSen' | 'paidAtMs'>,
): Promise<void> {
  await tx
    .updateTable('bills')
    .set({
      state: bill.state,
      paid_amount_sen: bill.paidAmountSen,
      paid_at: bill.paidAtMs === null ? null : new Date(bill.paidAtMs),
    })
    .where('profile_id', '=', bill.profileId)
    .where('id', '=', bill.id)
    .execute();
}

export interface BillFilter {
  readonly state?: 'due' | 'paid' | 'deleted';
  readonly collectionId?: string;
  /** Part of the payer's name or e-mail, or the beginning of a bill id. */
  readonly search?: string;
  readonly createdBy?: number;
  /** Keyset: bills older than this one. */
  readonly beforeSeq?: number;
  readonly limit: number;
}

export interface ListedBill extends Bill {
  readonly seq: number;
}

/** One page, newest first. */
export async function listBills(tx: Tx, profileId: number, filter: BillFilter): Promise<ListedBill[]> {
  const search = filter.search?.replace(/[\\%_]/g, '\\$&');
  const rows = await tx
    .selectFrom('bills')
    .selectAll()
    .where('profile_id', '=', profileId)
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state as 'due'))
    .$if(filter.collectionId !== undefined, (q) =>
      q.where('collection_id', '=', filter.collectionId as string),
    )
    .$if(filter.createdBy !== undefined, (q) => q.where('created_by', '=', filter.createdBy as number))
    .$if(filter.beforeSeq !== undefined, (q) => q.where('seq', '<', filter.beforeSeq as number))
    .$if(search !== undefined && search !== '', (q) =>
      q.where((eb) =>
        eb.or([
          eb('id', 'like', `${search}%`),
          eb('name', 'ilike', `%${search}%`),
          eb('email', 'ilike', `%${search}%`),
        ]),
      ),
    )
    .orderBy('seq', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map((row) => ({ ...toBill(row), seq: row.seq }));
}

function toBill(row: Selectable<BillsTable>): Bill {
  return {
    id: row.id,
    profileId: row.profile_id,
    collectionId: row.collection_id,
    state: row.state,
    amountSen: row.amount_sen,
    paidAmountSen: row.paid_amount_sen,
    dueOn: row.due_on,
    email: row.email,
    mobile: row.mobile,
    name: row.name,
    description: row.description,
    callbackUrl: row.callback_url,
    redirectUrl: row.redirect_url,
    reference1Label: row.reference_1_label,
    reference1: row.reference_1,
    reference2Label: row.reference_2_label,
    reference2: row.reference_2,
    deliver: row.deliver,
    paidAtMs: row.paid_at?.getTime() ?? null,
    createdBy: row.created_by,
    createdAtMs: row.created_at.getTime(),
  };
}
