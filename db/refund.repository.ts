import type { Selectable } from 'kysely';
import type { Sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { RefundsTable } from './tables/refunds.ts';

/** A payment, or a part of it, on its way back to the payer. */
export interface Refund {
  readonly id: string;
  readonly profileId: number;
  readonly billId: string;
  readonly paymentId: string;
  readonly amountSen: Sen;
  readonly status: 'pending' | 'completed' | 'failed';
  /** A person gave the money back, no gateway did. */
  readonly byHand: boolean;
  readonly reason: string | null;
  /** The gateway's idempotency key. */
  readonly merchantRefundId: string;
  readonly gatewayId: string | null;
  readonly failure: string | null;
  /** When the gateway was told first, or was about to be. */
  readonly sentAtMs: number | null;
  readonly unknownSinceMs: number | null;
  readonly checkAgainAtMs: number | null;
  readonly completedAtMs: number | null;
  readonly commandId: number | null;
  readonly idempotencyKey: string | null;
  readonly createdBy: number | null;
  readonly createdAtMs: number;
}

export async function insertRefund(tx: Tx, refund: Refund): Promise<void> {
  await tx.insertInto('refunds').values(toRow(refund)).execute();
}

/** Unknown or another profile's: `not_found`. Held until the transaction ends. */
export async function lockRefund(tx: Tx, profileId: number, id: string): Promise<Refund> {
  const row = await tx
    .selectFrom('refunds')
    .selectAll()
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toRefund(row) : refuse('not_found', { refundId: id });
}

export async function saveRefund(tx: Tx, refund: Refund): Promise<void> {
  await tx
    .updateTable('refunds')
    .set(toRow(refund))
    .where('profile_id', '=', refund.profileId)
    .where('id', '=', refund.id)
    .execute();
}

/** Of a bill or of one payment, in the order in which they were asked for. */
export async function listRefunds(
  tx: Tx,
  profileId: number,
  of: { billId: string } | { paymentId: string },
): Promise<Refund[]> {
  const rows = await tx
    .selectFrom('refunds')
    .selectAll()
    .where('profile_id', '=', profileId)
    .$if('billId' in of, (q) => q.where('bill_id', '=', 'billId' in of ? of.billId : ''))
    .$if('paymentId' in of, (q) => q.where('payment_id', '=', 'paymentId' in of ? of.paymentId : ''))
    .orderBy('seq')
    .execute();
  return rows.map(toRefund);
}

function toRow(refund: Refund) {
  return {
    id: refund.id,
    profile_id: refund.profileId,
    bill_id: refund.billId,
    payment_id: refund.paymentId,
    amount_sen: refund.amountSen,
    status: refund.status,
    by_hand: refund.byHand,
    reason: refund.reason,
    merchant_refund_id: refund.merchantRefundId,
    gateway_id: refund.gatewayId,
    failure: refund.failure,
    sent_at: dateOrNull(refund.sentAtMs),
    unknown_since: dateOrNull(refund.unknownSinceMs),
    check_again_at: dateOrNull(refund.checkAgainAtMs),
    completed_at: dateOrNull(refund.completedAtMs),
    command_id: refund.commandId,
    idempotency_key: refund.idempotencyKey,
    created_by: refund.createdBy,
    created_at: new Date(refund.createdAtMs),
  };
}

function toRefund(row: Selectable<RefundsTable>): Refund {
  return {
    id: row.id,
    profileId: row.profile_id,
    billId: row.bill_id,
    paymentId: row.payment_id,
    amountSen: row.amount_sen,
    status: row.status,
    byHand: row.by_hand,
    reason: row.reason,
    merchantRefundId: row.merchant_refund_id,
    gatewayId: row.gateway_id,
    failure: row.failure,
    sentAtMs: row.sent_at?.getTime() ?? null,
    unknownSinceMs: row.unknown_since?.getTime() ?? null,
    checkAgainAtMs: row.check_again_at?.getTime() ?? null,
    completedAtMs: row.completed_at?.getTime() ?? null,
    commandId: row.command_id,
    idempotencyKey: row.idempotency_key,
    createdBy: row.created_by,
    createdAtMs: row.created_at.getTime(),
  };
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
