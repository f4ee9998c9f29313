import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the form of an open collection asks, the methods a collection is paid by, and pictures. */
export const openCollections: Migration = {
  async up(db) {
    await sql.raw(COLLECTIONS).execute(db);
    await sql.raw(PICTURES).execute(db);
  },
};

const COLLECTIONS = `
alter table collections
  add column description text,
  add column amount_sen bigint check (amount_sen > 0),
  add column fixed_amount boolean,
  add column fixed_quantity boolean,
  add column payment_button text check (payment_button in ('buy', 'pay')),
  add column reference_1_label text,
  add column reference_2_label text,
  add column email_link text,
  add column tax int check (tax between 1 and 100),
  add column redirect_uri text,
  -- Null: every method that the profile has.
  add column payment_methods text[],
  add check (kind = 'plain' or (description is not null and fixed_amount is not null
    and fixed_quantity is not null and payment_button is not null and fixed_amount = (amount_sen is not null)));
`;

const PICTURES = `
create table pictures (
  -- Nobody guesses it: whoever has the address may look.
  id text primary key,
  profile_id int not null references profiles,
  collection_id text not null references collections,
  variant text not null check (variant in ('avatar', 'thumb', 'retina')),
  content_type text not null check (content_type in ('image/jpeg', 'image/png')),
  bytes bytea not null,
  created_at timestamptz not null,
  unique (collection_id, variant)
);
select protect_by_profile('pictures');
grant select, insert on pictures to kekal_app, kekal_system;
`;
