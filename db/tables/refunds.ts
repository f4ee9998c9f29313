import type { Generated } from 'kysely';
import type { Sen } from '#domain/money.ts';

export interface RefundsTable {
  id: string;
  profile_id: number;
  bill_id: string;
  payment_id: string;
  amount_sen: Sen;
  status: 'pending' | 'completed' | 'failed';
  by_hand: boolean;
  reason: string | null;
  merchant_refund_id: string;
  gateway_id: string | null;
  failure: string | null;
  sent_at: Date | null;
  unknown_since: Date | null;
  check_again_at: Date | null;
  completed_at: Date | null;
  command_id: number | null;
  idempotency_key: string | null;
  created_by: number | null;
  created_at: Date;
  seq: Generated<number>;
}

export interface SandboxRefundsTable {
  id: string;
  profile_id: number;
  merchant_refund_id: string;
  merchant_transaction_id: string;
  amount_minor: number;
  currency: string;
  state: 'refunded' | 'declined';
  reason: string | null;
  created_at: Date;
}
