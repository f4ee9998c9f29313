import type { Generated } from 'kysely';

export interface LedgerPostingsTable {
  id: Generated<number>;
  profile_id: number;
  kind: string;
  source_type: string;
  source_id: string;
  request_id: string;
  at: Date;
  recorded_at: Generated<Date>;
}

/** `amount_minor`: debit positive, credit negative. */
export interface LedgerEntriesTable {
  id: Generated<number>;
  posting_id: number;
  profile_id: number;
  account: string;
  currency: string;
  amount_minor: number;
}
