export interface SandboxPaymentsTable {
  id: string;
  profile_id: number;
  merchant_transaction_id: string;
  amount_minor: number;
  currency: string;
  bank_code: string;
  return_url: string;
  state: 'open' | 'pending' | 'paid' | 'failed' | 'abandoned';
  reason: string | null;
  due_at: Date | null;
  due_state: 'paid' | 'failed' | 'abandoned' | null;
  notices: number;
  created_at: Date;
  updated_at: Date;
}
