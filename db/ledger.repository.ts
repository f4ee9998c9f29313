import type { Tx } from './database.ts';

export interface Entry {
  readonly account: string;
  /** Debit positive, credit negative, never zero. */
  readonly amountMinor: number;
}

export interface Posting {
  readonly profileId: number;
  readonly kind: string;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly currency: string;
  readonly requestId: string;
  readonly atMs: number;
  readonly entries: readonly Entry[];
}

/** Appends one balanced set; the deferred trigger refuses one that is off, the unique key one that is doubled. */
export async function insertPosting(tx: Tx, posting: Posting): Promise<void> {
  const { id } = await tx
    .insertInto('ledger_postings')
    .values({
      profile_id: posting.profileId,
      kind: posting.kind,
      source_type: posting.sourceType,
      source_id: posting.sourceId,
      request_id: posting.requestId,
      at: new Date(posting.atMs),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('ledger_entries')
    .values(
      posting.entries.map((entry) => ({
        posting_id: id,
        profile_id: posting.profileId,
        account: entry.account,
        currency: posting.currency,
        amount_minor: entry.amountMinor,
      })),
    )
    .execute();
}

export interface Balance {
  readonly account: string;
  readonly currency: string;
  /** Debit positive, credit negative. */
  readonly amountMinor: number;
}

/** Sums per account and currency, of one profile or of all that the transaction sees. */
export async function balances(tx: Tx, profileId?: number): Promise<Balance[]> {
  const rows = await tx
    .selectFrom('ledger_entries')
    .select((eb) => ['account', 'currency', eb.fn.sum<string>('amount_minor').as('sum')])
    .$if(profileId !== undefined, (query) => query.where('profile_id', '=', profileId as number))
    .groupBy(['account', 'currency'])
    .orderBy('account')
    .execute();
  return rows.map((row) => ({ account: row.account, currency: row.currency, amountMinor: Number(row.sum) }));
}

/** Postings whose entries do not sum to zero in some currency: there must be none. */
export async function unbalancedPostings(
  tx: Tx,
): Promise<{ postingId: number; currency: string; off: number }[]> {
  const rows = await tx
    .selectFrom('ledger_entries')
    .select((eb) => ['posting_id', 'currency', eb.fn.sum<string>('amount_minor').as('off')])
    .groupBy(['posting_id', 'currency'])
    .having((eb) => eb(eb.fn.sum('amount_minor'), '<>', 0))
    .limit(100)
    .execute();
  return rows.map((row) => ({ postingId: row.posting_id, currency: row.currency, off: Number(row.off) }));
}

/** Completed payments without exactly one posting that books their whole amount: there must be none. */
export async function unbookedPayments(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('payments')
    .leftJoin('ledger_postings', (join) =>
      join
        .onRef('ledger_postings.source_id', '=', 'payments.id')
        .on('ledger_postings.source_type', '=', 'payment')
        .on('ledger_postings.kind', 'in', ['bill_paid', 'bill_paid_excess']),
    )
    .leftJoin('ledger_entries', (join) =>
      join
        .onRef('ledger_entries.posting_id', '=', 'ledger_postings.id')
        .on('ledger_entries.amount_minor', '>', 0),
    )
    .select('payments.id')
    .where('payments.status', '=', 'completed')
    .groupBy(['payments.id', 'payments.amount_sen'])
    .having((eb) =>
      eb(
        eb.fn.coalesce(eb.fn.sum('ledger_entries.amount_minor'), eb.lit(0)),
        '<>',
        eb.ref('payments.amount_sen'),
      ),
    )
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** Completed refunds without exactly one posting that books their whole amount: there must be none. */
export async function unbookedRefunds(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('refunds')
    .leftJoin('ledger_postings', (join) =>
      join
        .onRef('ledger_postings.source_id', '=', 'refunds.id')
        .on('ledger_postings.source_type', '=', 'refund'),
    )
    .leftJoin('ledger_entries', (join) =>
      join
        .onRef('ledger_entries.posting_id', '=', 'ledger_postings.id')
        .on('ledger_entries.amount_minor', '>', 0),
    )
    .select('refunds.id')
    .where('refunds.status', '=', 'completed')
    .groupBy(['refunds.id', 'refunds.amount_sen'])
    .having((eb) =>
      eb(
        eb.fn.coalesce(eb.fn.sum('ledger_entries.amount_minor'), eb.lit(0)),
        '<>',
        eb.ref('refunds.amount_sen'),
      ),
    )
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}
