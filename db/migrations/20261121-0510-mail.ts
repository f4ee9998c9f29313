import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Mails and text messages that we owe, their tries, and the inboxes of a development stack. */
export const mail: Migration = {
  async up(db) {
    await sql.raw(MAILS).execute(db);
    await sql.raw(RECEIPTS).execute(db);
    await sql.raw(INBOXES).execute(db);
  },
};

const MAILS = `
-- profile_id null: it goes to the installation's administrators; so does to_address null, whom configuration names.
-- subject, body_text, body_html: written with the first try, from the facts, which are frozen.
create table mails (
  id text primary key,
  profile_id int references profiles,
  channel text not null check (channel in ('email', 'sms')),
  template text not null,
  language text not null check (language in ('en', 'ms')),
  to_address text,
  object_type text not null,
  object_id text not null,
  event_key text not null,
  facts jsonb not null,
  subject text,
  body_text text,
  body_html text,
  cost_minor bigint,
  status text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'skipped')),
  reason text,
  created_at timestamptz not null,
  settled_at timestamptz,
  seq bigint generated always as identity,
  check (profile_id is not null or channel = 'email'),
  check (to_address is not null or profile_id is null)
);
create unique index mails_by_event on mails (coalesce(profile_id, 0), event_key);
create index mails_newest on mails (profile_id, seq desc);
create index mails_by_object on mails (profile_id, object_type, object_id, seq desc);
create index mails_pending on mails (seq) where status = 'pending';
select protect_by_profile('mails');

-- One row a try: the intent before the exchange, its outcome after it.
create table mail_tries (
  mail_id text not null references mails,
  profile_id int references profiles,
  number int not null,
  at timestamptz not null,
  sends int not null default 1,
  may_be_duplicate boolean not null default false,
  outcome text check (outcome in ('accepted', 'refused', 'deferred')),
  detail text,
  may_have_arrived boolean not null default false,
  recorded_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (mail_id, number)
);
select protect_by_profile('mail_tries');
grant select, insert, update on mails, mail_tries to kekal_app, kekal_system;

-- What concerns the whole installation has no profile, and is told in the live namespace.
alter table outbox alter column profile_id drop not null;
`;

const RECEIPTS = `
alter table profiles add column customer_receipt_delivery boolean not null default false;
alter table collections add column customer_receipt_delivery text not null default 'global'
  check (customer_receipt_delivery in ('active', 'inactive', 'global'));
`;

const INBOXES = `
-- The sandbox carrier's own table, as far from ours as a real carrier's.
create table sandbox_sms (
  id text primary key,
  profile_id int not null references profiles,
  to_number text not null,
  body text not null,
  sent_at timestamptz not null,
  seq bigint generated always as identity
);
select protect_by_profile('sandbox_sms');
grant select, insert, delete on sandbox_sms to kekal_system;

create table dev_inbox (
  id bigint generated always as identity primary key,
  sender text not null,
  recipients text[] not null,
  subject text not null,
  raw bytea not null,
  received_at timestamptz not null default now()
);
alter table dev_inbox enable row level security;
create policy whole_system on dev_inbox to kekal_system using (true) with check (true);
grant select, insert, delete on dev_inbox to kekal_system;
`;
