import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Money that goes back to payers, and the sandbox bank's own books of it. */
export const refunds: Migration = {
  async up(db) {
    await sql.raw(REFUNDS).execute(db);
    await sql.raw(SANDBOX_REFUNDS).execute(db);
  },
};

const REFUNDS = `
create table refunds (
  id text primary key,
  profile_id int not null references profiles,
  bill_id text not null references bills,
  payment_id text not null references payments,
  amount_sen bigint not null check (amount_sen > 0),
  status text not null check (status in ('pending', 'completed', 'failed')),
  by_hand boolean not null,
  reason text,
  merchant_refund_id text not null unique,
  gateway_id text,
  failure text,
  -- Set before the gateway hears of it: from then on it is asked before anything is repeated.
  sent_at timestamptz,
  unknown_since timestamptz,
  check_again_at timestamptz,
  completed_at timestamptz,
  command_id bigint references commands,
  idempotency_key text,
  created_by int references users,
  created_at timestamptz not null,
  seq bigint generated always as identity,
  check ((status = 'completed') = (completed_at is not null))
);
create index refunds_by_payment on refunds (payment_id, seq);
create unique index refunds_by_key on refunds (profile_id, bill_id, idempotency_key)
  where idempotency_key is not null;
select protect_by_profile('refunds');
grant select, insert, update on refunds to kekal_app, kekal_system;
`;

const SANDBOX_REFUNDS = `
create table sandbox_refunds (
  id text primary key,
  profile_id int not null references profiles,
  merchant_refund_id text not null unique,
  merchant_transaction_id text not null references sandbox_payments (merchant_transaction_id),
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  state text not null check (state in ('refunded', 'declined')),
  reason text,
  created_at timestamptz not null
);
create index sandbox_refunds_by_payment on sandbox_refunds (merchant_transaction_id);
select protect_by_profile('sandbox_refunds');
grant select, insert on sandbox_refunds to kekal_app, kekal_system;
`;
