import type { Generated } from 'kysely';
import type { Sen } from '#domain/money.ts';
import type { ReceiptDelivery } from '#domain/receipt-delivery.ts';

export interface CollectionsTable {
  id: string;
  profile_id: number;
  kind: 'plain' | 'open';
  title: string;
  status: Generated<'active' | 'inactive'>;
  split_header: Generated<boolean>;
  description: string | null;
  amount_sen: Sen | null;
  fixed_amount: boolean | null;
  fixed_quantity: boolean | null;
  payment_button: 'buy' | 'pay' | null;
  reference_1_label: string | null;
  reference_2_label: string | null;
  email_link: string | null;
  tax: number | null;
  redirect_uri: string | null;
  payment_methods: string[] | null;
  customer_receipt_delivery: Generated<ReceiptDelivery>;
  created_by: number | null;
  created_at: Date;
  seq: Generated<number>;
}

export interface PicturesTable {
  id: string;
  profile_id: number;
  collection_id: string;
  variant: 'avatar' | 'thumb' | 'retina';
  content_type: 'image/jpeg' | 'image/png';
  bytes: Buffer;
  created_at: Date;
}

export interface CollectionSplitsTable {
  collection_id: string;
  profile_id: number;
  stack_order: number;
  recipient_merchant_id: number;
  email: string;
  fixed_cut: Sen | null;
  variable_cut: number | null;
}

export interface BillsTable {
  id: string;
  profile_id: number;
  collection_id: string;
  state: Generated<'due' | 'paid' | 'deleted'>;
  amount_sen: Sen;
  paid_amount_sen: Generated<Sen>;
  due_on: string;
  email: string | null;
  mobile: string | null;
  name: string;
  description: string;
  callback_url: string | null;
  redirect_url: string | null;
  reference_1_label: string;
  reference_1: string | null;
  reference_2_label: string;
  reference_2: string | null;
  deliver: Generated<boolean>;
  paid_at: Date | null;
  created_by: number | null;
  created_at: Date;
  seq: Generated<number>;
}

export interface PaymentsTable {
  id: string;
  profile_id: number;
  bill_id: string;
  status: Generated<'pending' | 'completed' | 'failed'>;
  method: string;
  bank_code: string | null;
  channel: string;
  gateway: string;
  gateway_id: string | null;
  merchant_transaction_id: string;
  amount_sen: Sen;
  currency: string;
  excess: Generated<boolean>;
  failure: string | null;
  check_again_at: Date | null;
  unknown_since: Date | null;
  completed_at: Date | null;
  created_at: Date;
  seq: Generated<number>;
}

export interface InboundNoticesTable {
  id: Generated<number>;
  gateway: string;
  dedupe_key: string;
  profile_id: number | null;
  payload: string;
  routed: boolean;
  recorded_at: Generated<Date>;
}
