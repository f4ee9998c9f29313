import type { Generated } from 'kysely';

export interface HolidaysTable {
  /** `YYYY-MM-DD`; two holidays may share it. */
  day: string;
  name: string;
  name_ms: string;
  scope: 'federal' | 'federal-territory';
  kind: 'fixed' | 'lunar' | 'substitute' | 'special';
  status: 'gazetted' | 'announced' | 'estimate';
  source: string;
  recorded_at: Generated<Date>;
}

export interface BankVerificationsTable {
  id: string;
  profile_id: number;
  name: string;
  id_no: string;
  acc_no: string;
  code: string;
  organization: boolean;
  status: Generated<'pending' | 'verified' | 'rejected'>;
  rejected_desc: string | null;
  registered_at: Date;
  due_at: Date;
  processed_at: Date | null;
  created_by: number | null;
  seq: Generated<number>;
}
