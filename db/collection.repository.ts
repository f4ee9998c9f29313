import type { Sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { CollectionsTable } from './tables/bills.ts';
import type { Selectable } from 'kysely';

export interface SplitRecipient {
  readonly merchantId: number;
  readonly email: string;
  readonly fixedCut: Sen | null;
  /** Percent, 1 to 100. */
  readonly variableCut: number | null;
}

export interface Collection {
  readonly id: string;
  readonly profileId: number;
  readonly kind: 'plain' | 'open';
  readonly title: string;
  readonly status: 'active' | 'inactive';
  readonly splitHeader: boolean;
  /** In stack order. */
  readonly splits: readonly SplitRecipient[];
  readonly createdBy: number | null;
}

/** The collection with its splits. Another profile's, or one outside `createdBy`, does not exist: `not_found`. */
export async function loadCollection(
  tx: Tx,
  profileId: number,
  id: string,
  options: { lock?: boolean; createdBy?: number } = {},
): Promise<Collection> {
  const row = await tx
    .selectFrom('collections')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .$if(options.createdBy !== undefined, (q) => q.where('created_by', '=', options.createdBy as number))
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  if (!row) return refuse('not_found', { collectionId: id });
  return (await withSplits(tx, profileId, [row]))[0] as Collection;
}

/** One page, newest first; open collections have an index of their own. */
export async function listCollections(
  tx: Tx,
  profileId: number,
  filter: {
    kind: 'plain' | 'open';
    status?: 'active' | 'inactive';
    createdBy?: number;
    limit: number;
    offset: number;
  },
): Promise<Collection[]> {
  const rows = await tx
    .selectFrom('collections')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('kind', '=', filter.kind)
    .$if(filter.status !== undefined, (q) => q.where('status', '=', filter.status as 'active'))
    .$if(filter.createdBy !== undefined, (q) => q.where('created_by', '=', filter.createdBy as number))
    .orderBy('seq', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return withSplits(tx, profileId, rows);
}

/** False when the id is taken. */
export async function insertCollection(tx: Tx, collection: Collection, createdAtMs: number): Promise<boolean> {
  const inserted = await tx
    .insertInto('collections')
    .values({
      id: collection.id,
      profile_id: collection.profileId,
      kind: collection.kind,
      title: collection.title,
      status: collection.status,
      split_header: collection.splitHeader,
      created_by: collection.createdBy,
      created_at: new Date(createdAtMs),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
  if (collection.splits.length === 0) return true;
  await tx
    .insertInto('collection_splits')
    .values(
      collection.splits.map((split, stackOrder) => ({
        collection_id: collection.id,
        profile_id: collection.profileId,
        stack_order: stackOrder,
        recipient_merchant_id: split.merchantId,
        email: split.email,
        fixed_cut: split.fixedCut,
        variable_cut: split.variableCut,
      })),
    )
    .execute();
  return true;
}

export async function setCollectionStatus(
  tx: Tx,
  profileId: number,
  id: string,
  status: 'active' | 'inactive',
): Promise<void> {
  await tx
    .updateTable('collections')
    .set({ status })
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .execute();
}

async function withSplits(tx: Tx, profileId: number, rows: Selectable<CollectionsTable>[]): Promise<Collection[]> {
  if (rows.length === 0) return [];
  const splits = await tx
    .selectFrom('collection_splits')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where(
      'collection_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('stack_order')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    profileId: row.profile_id,
    kind: row.kind,
    title: row.title,
    status: row.status,
    splitHeader: row.split_header,
    splits: splits
      .filter((split) => split.collection_id === row.id)
      .map((split) => ({
        merchantId: split.recipient_merchant_id,
        email: split.email,
        fixedCut: split.fixed_cut,
        variableCut: split.variable_cut,
      })),
    createdBy: row.created_by,
  }));
}

export interface Recipient {
  readonly merchantId: number;
  readonly email: string;
  readonly name: string;
  readonly eligible: boolean;
}

/** Merchants by their account e-mail, for splits; unknown ones are missing from the answer. */
export async function findRecipients(tx: Tx, emails: readonly string[]): Promise<Recipient[]> {
  if (emails.length === 0) return [];
  const rows = await tx
    .selectFrom('merchants')
    .select(['id', 'name', 'email', 'kind', 'verified_at'])
    .where('email', 'in', emails)
    .execute();
  return rows.map((row) => ({
    merchantId: row.id,
    email: row.email,
    name: row.name,
    eligible: row.kind === 'company' && row.verified_at !== null,
  }));
}

/** Names of the recipients to show where `split_header` is on, in stack order. */
export async function recipientNames(tx: Tx, splits: readonly SplitRecipient[]): Promise<string[]> {
  const found = await findRecipients(
    tx,
    splits.map((split) => split.email),
  );
  return splits.flatMap((split) => found.find((recipient) => recipient.merchantId === split.merchantId)?.name ?? []);
}
