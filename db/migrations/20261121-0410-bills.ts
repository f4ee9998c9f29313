import type { Migration } from 'kysely/migration';
import { sql } from 'kysely';

/** Collections, bills, their payments, the callbacks we owe, and the sandbox bank. */
export const bills: Migration = {
  async up(db) {
    await sql.raw(BILLS).execute(db);
    await sql.raw(CALLBACKS).execute(db);
    await sql.raw(SANDBOX_GATEWAY).execute(db);
  },
};

const BILLS = `
create table collections (
  id text primary key,
  profile_id int not null references profiles,
  kind text not null check (kind in ('plain', 'open')),
  title text not null,
  status text not null default 'active' check (status in ('active', 'inactive')),
  split_header boolean not null default false,
  created_by int references users,
  created_at timestamptz not null,
  -- Newest first needs an order that two rows of one millisecond share too.
  seq bigint generated always as identity
);
create index collections_newest on collections (profile_id, kind, seq desc);
select protect_by_profile('collections');

create table collection_splits (
  collection_id text not null references collections,
  profile_id int not null references profiles,
  stack_order int not null check (stack_order in (0, 1)),
  recipient_merchant_id int not null references merchants,
  email text not null,
  fixed_cut bigint check (fixed_cut > 0),
  variable_cut int check (variable_cut between 1 and 100),
  primary key (collection_id, stack_order),
  check (fixed_cut is not null or variable_cut is not null)
);
select protect_by_profile('collection_splits');

create table bills (
  id text primary key,
  profile_id int not null references profiles,
  collection_id text not null references collections,
  state text not null default 'due' check (state in ('due', 'paid', 'deleted')),
  amount_sen bigint not null check (amount_sen > 0),
  paid_amount_sen bigint not null default 0,
  due_on date not null,
  email text,
  mobile text,
  name text not null,
  description text not null,
  callback_url text,
  redirect_url text,
  reference_1_label text not null,
  reference_1 text,
  reference_2_label text not null,
  reference_2 text,
  deliver boolean not null default false,
  paid_at timestamptz,
  created_by int references users,
  created_at timestamptz not null,
  seq bigint generated always as identity,
  check (email is not null or mobile is not null),
  check ((state = 'paid') = (paid_at is not null))
);
create index bills_newest on bills (profile_id, seq desc);
create index bills_by_collection on bills (profile_id, collection_id, seq desc);
select protect_by_profile('bills');

create table payments (
  id text primary key,
  profile_id int not null references profiles,
  bill_id text not null references bills,
  status text not null default 'pending' check (status in ('pending', 'completed', 'failed')),
  method text not null,
  bank_code text,
  channel text not null,
  gateway text not null,
  gateway_id text,
  merchant_transaction_id text not null unique,
  amount_sen bigint not null check (amount_sen > 0),
  currency char(3) not null,
  excess boolean not null default false,
  failure text,
  check_again_at timestamptz,
  unknown_since timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null,
  seq bigint generated always as identity,
  unique (gateway, gateway_id)
);
create index payments_by_bill on payments (bill_id, seq desc);
create index payments_to_ask on payments (check_again_at) where status = 'pending';
select protect_by_profile('payments');

create table inbound_notices (
  id bigint generated always as identity primary key,
  gateway text not null,
  dedupe_key text not null,
  profile_id int references profiles,
  payload jsonb not null,
  routed boolean not null,
  recorded_at timestamptz not null default now(),
  unique (gateway, dedupe_key)
);
alter table inbound_notices enable row level security;
create policy whole_system on inbound_notices to kekal_system using (true) with check (true);

grant select, insert, update on collections, collection_splits, bills, payments to kekal_app, kekal_system;
grant select, insert on inbound_notices to kekal_system;
`;

const CALLBACKS = `
create table callbacks (
  id text primary key,
  profile_id int not null references profiles,
  object_type text not null,
  object_id text not null,
  event_id text not null,
  url text not null,
  body text not null,
  schedule jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'dropped', 'cancelled')),
  reason text,
  first_due_at timestamptz not null default now(),
  settled_at timestamptz,
  created_at timestamptz not null,
  seq bigint generated always as identity,
  unique (profile_id, object_type, event_id)
);
create index callbacks_newest on callbacks (profile_id, seq desc);
create index callbacks_by_object on callbacks (profile_id, object_type, object_id, seq desc);
create index callbacks_pending on callbacks (seq) where status = 'pending';
select protect_by_profile('callbacks');

-- step is the attempt's identity: 's1'..'s5' on the schedule, 'm<command id>' by hand.
create table callback_attempts (
  id bigint generated always as identity primary key,
  callback_id text not null references callbacks,
  profile_id int not null references profiles,
  step text not null,
  number int not null,
  command_id bigint,
  due_at timestamptz not null,
  started_at timestamptz not null,
  business_start_at timestamptz,
  sends int not null default 1,
  crash_duplicate boolean not null default false,
  outcome text check (outcome in ('delivered', 'failed', 'refused')),
  http_status int,
  error text,
  duration_ms int,
  answer_head text,
  retry_after_ms bigint,
  recorded_at timestamptz not null default now(),
  settled_at timestamptz,
  unique (callback_id, step)
);
create index callback_attempts_by_callback on callback_attempts (callback_id, number);
select protect_by_profile('callback_attempts');

grant select, insert, update on callbacks, callback_attempts to kekal_app, kekal_system;
`;

const SANDBOX_GATEWAY = `
-- The sandbox bank's own books: as far from ours as a real bank's would be.
create table sandbox_payments (
  id text primary key,
  profile_id int not null references profiles,
  merchant_transaction_id text not null unique,
  amount_minor bigint not null,
  currency char(3) not null,
  bank_code text not null,
  return_url text not null,
  state text not null check (state in ('open', 'pending', 'paid', 'failed', 'abandoned')),
  reason text,
  due_at timestamptz,
  due_state text check (due_state in ('paid', 'failed', 'abandoned')),
  notices int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
select protect_by_profile('sandbox_payments');
grant select, insert, update on sandbox_payments to kekal_app, kekal_system;
`;
