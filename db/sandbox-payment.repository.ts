import type { Selectable } from 'kysely';
import type { Database, Tx } from './database.ts';
import type { SandboxRefundsTable } from './tables/refunds.ts';
import type { SandboxPaymentsTable } from './tables/sandbox.ts';

/** A row of the sandbox bank's books. */
export interface SandboxPaymentRow {
  readonly id: string;
  readonly profileId: number;
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly bankCode: string;
  readonly returnUrl: string;
  readonly state: SandboxPaymentsTable['state'];
  readonly reason: string | null;
  readonly due: {
    readonly atMs: number;
    readonly state: NonNullable<SandboxPaymentsTable['due_state']>;
  } | null;
  readonly notices: number;
  readonly createdAtMs: number;
}

/** A refund in its books. */
export interface SandboxRefundRow {
  readonly id: string;
  readonly profileId: number;
  readonly merchantRefundId: string;
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly state: SandboxRefundsTable['state'];
  readonly reason: string | null;
  readonly createdAtMs: number;
}

type By = { id: string } | { merchantTransactionId: string };

/** The sandbox bank's tables, each call a transaction of its own: a bank does not share ours. */
export function createSandboxStore(database: Database) {
  return {
    insert: (payment: SandboxPaymentRow) =>
      database.asSystem(async (tx) => {
        await tx
          .insertInto('sandbox_payments')
          .values(toRow(payment))
          .onConflict((conflict) => conflict.column('merchant_transaction_id').doNothing())
          .execute();
        const { merchantTransactionId } = payment;
        return fromRow(await find(tx, { merchantTransactionId }).executeTakeFirstOrThrow());
      }),
    find: (by: By) =>
      database.asSystem(async (tx) => {
        const row = await find(tx, by).executeTakeFirst();
        return row && fromRow(row);
      }),
    change: (by: By, change: (payment: SandboxPaymentRow) => SandboxPaymentRow) =>
      database.asSystem(async (tx) => {
        const row = await find(tx, by).forUpdate().executeTakeFirst();
        if (!row) return undefined;
        const after = change(fromRow(row));
        await tx.updateTable('sandbox_payments').set(toRow(after)).where('id', '=', row.id).execute();
        return after;
      }),
    refund: (
      of: { merchantTransactionId: string; merchantRefundId: string },
      decide: (payment: SandboxPaymentRow, refundedMinor: number) => SandboxRefundRow,
    ) =>
      database.asSystem(async (tx) => {
        const payment = await find(tx, of).forUpdate().executeTakeFirst();
        if (!payment) return undefined;
        const known = await findRefund(tx, of.merchantRefundId);
        if (known) return known;
        const { sum } = await tx
          .selectFrom('sandbox_refunds')
          .select((eb) => eb.fn.sum<string | null>('amount_minor').as('sum'))
          .where('merchant_transaction_id', '=', of.merchantTransactionId)
          .where('state', '=', 'refunded')
          .executeTakeFirstOrThrow();
        const refund = decide(fromRow(payment), Number(sum ?? 0));
        await tx.insertInto('sandbox_refunds').values(refundToRow(refund)).execute();
        return refund;
      }),
    findRefund: (merchantRefundId: string) => database.asSystem((tx) => findRefund(tx, merchantRefundId)),
  };
}

function find(tx: Tx, by: By) {
  const query = tx.selectFrom('sandbox_payments').selectAll();
  return 'id' in by
    ? query.where('id', '=', by.id)
    : query.where('merchant_transaction_id', '=', by.merchantTransactionId);
}

async function findRefund(tx: Tx, merchantRefundId: string): Promise<SandboxRefundRow | undefined> {
  const row = await tx
    .selectFrom('sandbox_refunds')
    .selectAll()
    .where('merchant_refund_id', '=', merchantRefundId)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      profileId: row.profile_id,
      merchantRefundId: row.merchant_refund_id,
      merchantTransactionId: row.merchant_transaction_id,
      amountMinor: row.amount_minor,
      currency: row.currency,
      state: row.state,
      reason: row.reason,
      createdAtMs: row.created_at.getTime(),
    }
  );
}

function refundToRow(refund: SandboxRefundRow) {
  return {
    id: refund.id,
    profile_id: refund.profileId,
    merchant_refund_id: refund.merchantRefundId,
    merchant_transaction_id: refund.merchantTransactionId,
    amount_minor: refund.amountMinor,
    currency: refund.currency,
    state: refund.state,
    reason: refund.reason,
    created_at: new Date(refund.createdAtMs),
  };
}

function toRow(payment: SandboxPaymentRow) {
  return {
    id: payment.id,
    profile_id: payment.profileId,
    merchant_transaction_id: payment.merchantTransactionId,
    amount_minor: payment.amountMinor,
    currency: payment.currency,
    bank_code: payment.bankCode,
    return_url: payment.returnUrl,
    state: payment.state,
    reason: payment.reason,
    due_at: payment.due && new Date(payment.due.atMs),
    due_state: payment.due?.state ?? null,
    notices: payment.notices,
    created_at: new Date(payment.createdAtMs),
    updated_at: new Date(),
  };
}

function fromRow(row: Selectable<SandboxPaymentsTable>): SandboxPaymentRow {
  return {
    id: row.id,
    profileId: row.profile_id,
    merchantTransactionId: row.merchant_transaction_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    bankCode: row.bank_code,
    returnUrl: row.return_url,
    state: row.state,
    reason: row.reason,
    due: row.due_at && row.due_state ? { atMs: row.due_at.getTime(), state: row.due_state } : null,
    notices: row.notices,
    createdAtMs: row.created_at.getTime(),
  };
}
