import type { Generated } from 'kysely';
import type { MerchantKind, Mode, RateLevel, Role } from '#domain/tenant.ts';

export interface MerchantsTable {
  id: Generated<number>;
  name: string;
  kind: MerchantKind;
  email: string;
  verified_at: Date | null;
  created_at: Generated<Date>;
}

export interface ProfilesTable {
  id: Generated<number>;
  merchant_id: number;
  name: string;
  mode: Mode;
  currency: Generated<string>;
  time_zone: Generated<string>;
  language: Generated<'en' | 'ms'>;
  contact_email: string;
  callback_schedule: Generated<string>;
  x_signature_callback: Generated<boolean>;
  x_signature_redirect: Generated<boolean>;
  extra_payment_completion: Generated<boolean>;
  customer_receipt_delivery: Generated<boolean>;
  rate_level: Generated<RateLevel>;
  x_signature_key_sealed: Buffer;
  webhook_secret_sealed: Buffer;
  created_at: Generated<Date>;
}

export interface WebhookRanksTable {
  profile_id: number;
  rank: Generated<number>;
  reset_on: string | null;
}

export interface UsersTable {
  id: Generated<number>;
  merchant_id: number;
  name: string;
  email: string;
  role: Role;
  password_hash: string | null;
  active: Generated<boolean>;
  api_access: Generated<boolean>;
  payment_link_allowed: Generated<boolean>;
  created_at: Generated<Date>;
}

export interface UserProfilesTable {
  user_id: number;
  profile_id: number;
}

export interface ApiKeysTable {
  id: Generated<number>;
  user_id: number;
  prefix: string;
  key_hash: Buffer;
  created_at: Generated<Date>;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface ApiKeyProfilesTable {
  api_key_id: number;
  profile_id: number;
}

export interface SessionsTable {
  id: Generated<number>;
  user_id: number;
  token_hash: Buffer;
  profile_id: number | null;
  created_at: Generated<Date>;
  expires_at: Date;
  revoked_at: Date | null;
  user_agent: string | null;
}
