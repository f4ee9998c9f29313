import { refuse } from '#domain/refusal.ts';
import type { ReceiptDelivery } from '#domain/receipt-delivery.ts';
import type { Tx } from './database.ts';

/** Of a collection of either kind. Another profile's, or one outside `createdBy`, does not exist: `not_found`. */
export async function loadReceiptDelivery(
  tx: Tx,
  profileId: number,
  collectionId: string,
  options: { lock?: boolean; createdBy?: number } = {},
): Promise<ReceiptDelivery> {
  const row = await tx
    .selectFrom('collections')
    .select('customer_receipt_delivery')
    .where('profile_id', '=', profileId)
    .where('id', '=', collectionId)
    .$if(options.createdBy !== undefined, (q) => q.where('created_by', '=', options.createdBy as number))
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row?.customer_receipt_delivery ?? refuse('not_found', { collectionId });
}

/** What decides about a receipt, with the collection's title. */
export async function loadReceiptRule(
  tx: Tx,
  profileId: number,
  collectionId: string,
): Promise<{ title: string; delivery: ReceiptDelivery; emailLink: string | null }> {
  const row = await tx
    .selectFrom('collections')
    .select(['title', 'customer_receipt_delivery', 'email_link'])
    .where('profile_id', '=', profileId)
    .where('id', '=', collectionId)
    .executeTakeFirst();
  if (!row) return refuse('not_found', { collectionId });
  return { title: row.title, delivery: row.customer_receipt_delivery, emailLink: row.email_link };
}

export async function saveReceiptDelivery(
  tx: Tx,
  profileId: number,
  collectionId: string,
  delivery: ReceiptDelivery,
): Promise<void> {
  await tx
    .updateTable('collections')
    .set({ customer_receipt_delivery: delivery })
    .where('profile_id', '=', profileId)
    .where('id', '=', collectionId)
    .execute();
}
