import type { Sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { CollectionsTable, PicturesTable } from './tables/bills.ts';
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
  /** Codes of the methods that are on; null: all. */
  readonly paymentMethods: readonly string[] | null;
  /** Ids of its pictures: a plain collection has `thumb` and `avatar`, an open one `retina` and `avatar`, or none. */
  readonly pictures: PictureIds;
  /** What its payment form asks; null for a plain collection. */
  readonly form: OpenForm | null;
  readonly createdBy: number | null;
}

export type PictureVariant = PicturesTable['variant'];
export type PictureIds = Readonly<Partial<Record<PictureVariant, string>>>;

/** The terms of an open collection. */
export interface OpenForm {
  readonly description: string;
  /** Null: the payer decides. */
  readonly amountSen: Sen | null;
  readonly fixedQuantity: boolean;
  readonly paymentButton: 'buy' | 'pay';
  readonly reference1Label: string | null;
  readonly reference2Label: string | null;
  readonly emailLink: string | null;
  /** Percent, 1 to 100. */
  readonly tax: number | null;
  readonly redirectUri: string | null;
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
  return (await complete(tx, profileId, [row]))[0] as Collection;
}

/** Kind and status alone, for who needs no splits and pictures. Refuses `not_found` as `loadCollection` does. */
export async function loadCollectionStatus(
  tx: Tx,
  profileId: number,
  id: string,
  find: { createdBy?: number } = {},
): Promise<Pick<Collection, 'kind' | 'status'>> {
  const row = await tx
    .selectFrom('collections')
    .select(['kind', 'status'])
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .$if(find.createdBy !== undefined, (q) => q.where('created_by', '=', find.createdBy as number))
    .executeTakeFirst();
  return row ?? refuse('not_found', { collectionId: id });
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
  return complete(tx, profileId, rows);
}

/** False when the id is taken. */
export async function insertCollection(
  tx: Tx,
  collection: Collection,
  createdAtMs: number,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('collections')
    .values({
      id: collection.id,
      profile_id: collection.profileId,
      kind: collection.kind,
      title: collection.title,
      status: collection.status,
      split_header: collection.splitHeader,
      payment_methods: collection.paymentMethods && [...collection.paymentMethods],
      ...(collection.form && formColumns(collection.form)),
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

/** Which methods its bills are paid by; null: all. */
export async function savePaymentMethods(
  tx: Tx,
  profileId: number,
  id: string,
  codes: readonly string[],
): Promise<void> {
  await tx
    .updateTable('collections')
    .set({ payment_methods: [...codes] })
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .execute();
}

/** Whose open collection this is, for its page, which knows nothing but the id; role `kekal_system`. */
export async function profileOfOpenCollection(tx: Tx, id: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('collections')
    .select('profile_id')
    .where('id', '=', id)
    .where('kind', '=', 'open')
    .executeTakeFirst();
  return row?.profile_id;
}

/** With splits and pictures, each read once for all. */
async function complete(
  tx: Tx,
  profileId: number,
  rows: Selectable<CollectionsTable>[],
): Promise<Collection[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const splits = await tx
    .selectFrom('collection_splits')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('collection_id', 'in', ids)
    .orderBy('stack_order')
    .execute();
  const pictures = await tx
    .selectFrom('pictures')
    .select(['id', 'collection_id', 'variant'])
    .where('profile_id', '=', profileId)
    .where('collection_id', 'in', ids)
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
    paymentMethods: row.payment_methods,
    pictures: Object.fromEntries(
      pictures.filter((picture) => picture.collection_id === row.id).map(({ variant, id }) => [variant, id]),
    ),
    form: row.kind === 'open' ? formOf(row) : null,
    createdBy: row.created_by,
  }));
}

function formColumns(form: OpenForm) {
  return {
    description: form.description,
    amount_sen: form.amountSen,
    fixed_amount: form.amountSen !== null,
    fixed_quantity: form.fixedQuantity,
    payment_button: form.paymentButton,
    reference_1_label: form.reference1Label,
    reference_2_label: form.reference2Label,
    email_link: form.emailLink,
    tax: form.tax,
    redirect_uri: form.redirectUri,
  };
}

function formOf(row: Selectable<CollectionsTable>): OpenForm {
  return {
    description: row.description ?? '',
    amountSen: row.amount_sen,
    fixedQuantity: row.fixed_quantity ?? true,
    paymentButton: row.payment_button ?? 'pay',
    reference1Label: row.reference_1_label,
    reference2Label: row.reference_2_label,
    emailLink: row.email_link,
    tax: row.tax,
    redirectUri: row.redirect_uri,
  };
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
    .where(
      'email',
      'in',
      emails.map((email) => email.toLowerCase()),
    )
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
  return splits.flatMap(
    (split) => found.find((recipient) => recipient.merchantId === split.merchantId)?.name ?? [],
  );
}
