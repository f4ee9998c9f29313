import type { Selectable } from 'kysely';
import type { Sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { PaymentsTable } from './tables/bills.ts';

/** One try to pay a bill: what the Billplz-compatible API calls a transaction. */
export interface Payment {
  /** 12 upper-case hex digits. */
  readonly id: string;
  readonly profileId: number;
  readonly billId: string;
  readonly status: 'pending' | 'completed' | 'failed';
  readonly method: string;
  readonly bankCode: string | null;
  readonly channel: string;
  readonly gateway: string;
  readonly gatewayId: string | null;
  /** The gateway's idempotency key. */
  readonly merchantTransactionId: string;
  readonly amountSen: Sen;
  readonly currency: string;
  /** A second success of a bill that was paid already: owed back. */
  readonly excess: boolean;
  readonly failure: string | null;
  readonly checkAgainAtMs: number | null;
  readonly unknownSinceMs: number | null;
  readonly completedAtMs: number | null;
  readonly createdAtMs: number;
}

/** Unknown or another profile's: `not_found`. `lock` holds it until the transaction ends. */
export async function loadPayment(
  tx: Tx,
  profileId: number,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Payment> {
  const row = await tx
    .selectFrom('payments')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ? toPayment(row) : refuse('not_found', { paymentId: id });
}

/** Which payment a gateway means; role `kekal_system`, because a notice names no profile that we may trust. */
export async function findPaymentByMerchantTransactionId(
  tx: Tx,
  merchantTransactionId: string,
): Promise<Payment | undefined> {
  const row = await tx
    .selectFrom('payments')
    .selectAll()
    .where('merchant_transaction_id', '=', merchantTransactionId)
    .executeTakeFirst();
  return row && toPayment(row);
}

/** False when the id is taken. */
export async function insertPayment(tx: Tx, payment: Payment): Promise<boolean> {
  const inserted = await tx
    .insertInto('payments')
    .values({
      id: payment.id,
      profile_id: payment.profileId,
      bill_id: payment.billId,
      status: payment.status,
      method: payment.method,
      bank_code: payment.bankCode,
      channel: payment.channel,
      gateway: payment.gateway,
      gateway_id: payment.gatewayId,
      merchant_transaction_id: payment.merchantTransactionId,
      amount_sen: payment.amountSen,
      currency: payment.currency,
      excess: payment.excess,
      failure: payment.failure,
      check_again_at: dateOrNull(payment.checkAgainAtMs),
      unknown_since: dateOrNull(payment.unknownSinceMs),
      completed_at: dateOrNull(payment.completedAtMs),
      created_at: new Date(payment.createdAtMs),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Writes what the gateway's word may change. */
export async function savePayment(tx: Tx, payment: Payment): Promise<void> {
  await tx
    .updateTable('payments')
    .set({
      status: payment.status,
      gateway_id: payment.gatewayId,
      excess: payment.excess,
      failure: payment.failure,
      check_again_at: dateOrNull(payment.checkAgainAtMs),
      unknown_since: dateOrNull(payment.unknownSinceMs),
      completed_at: dateOrNull(payment.completedAtMs),
    })
    .where('profile_id', '=', payment.profileId)
    .where('id', '=', payment.id)
    .execute();
}

/** A bill's payments, newest first. */
export async function listPayments(
  tx: Tx,
  profileId: number,
  filter: { billId: string; status?: Payment['status']; limit: number; offset: number },
): Promise<Payment[]> {
  const rows = await tx
    .selectFrom('payments')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('bill_id', '=', filter.billId)
    .$if(filter.status !== undefined, (q) => q.where('status', '=', filter.status as 'pending'))
    .orderBy('seq', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return rows.map(toPayment);
}

function toPayment(row: Selectable<PaymentsTable>): Payment {
  return {
    id: row.id,
    profileId: row.profile_id,
    billId: row.bill_id,
    status: row.status,
    method: row.method,
    bankCode: row.bank_code,
    channel: row.channel,
    gateway: row.gateway,
    gatewayId: row.gateway_id,
    merchantTransactionId: row.merchant_transaction_id,
    amountSen: row.amount_sen,
    currency: row.currency,
    excess: row.excess,
    failure: row.failure,
    checkAgainAtMs: row.check_again_at?.getTime() ?? null,
    unknownSinceMs: row.unknown_since?.getTime() ?? null,
    completedAtMs: row.completed_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
  };
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
