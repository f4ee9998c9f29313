import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const GAZETTED = new URL('./20261121-0500-holidays-my-kl.csv', import.meta.url);

/** Public holidays of Kuala Lumpur as rows, seeded for 2025 to 2027, and the accounts that wait for working days. */
export const workingDays: Migration = {
  async up(db) {
    await sql.raw(TABLES).execute(db);
    await sql`
      insert into holidays (day, name, name_ms, scope, kind, status, source)
      select * from jsonb_to_recordset(${JSON.stringify(readHolidays())}::jsonb)
        as row(day date, name text, name_ms text, scope text, kind text, status text, source text)`.execute(
      db,
    );
  },
};

const TABLES = `
create table holidays (
  day date not null,
  name text not null check (length(name) between 1 and 200),
  name_ms text not null,
  scope text not null check (scope in ('federal', 'federal-territory')),
  kind text not null check (kind in ('fixed', 'lunar', 'substitute', 'special')),
  status text not null check (status in ('gazetted', 'announced', 'estimate')),
  source text not null,
  recorded_at timestamptz not null default now(),
  primary key (day, name)
);
grant select on holidays to kekal_app;
grant select, insert, update, delete on holidays to kekal_system;

create table bank_verifications (
  id text primary key,
  profile_id int not null references profiles,
  name text not null,
  id_no text not null,
  acc_no text not null,
  code text not null,
  organization boolean not null,
  status text not null default 'pending' check (status in ('pending', 'verified', 'rejected')),
  rejected_desc text,
  registered_at timestamptz not null,
  due_at timestamptz not null,
  processed_at timestamptz,
  created_by int references users,
  seq bigint generated always as identity,
  check ((status = 'pending') = (processed_at is null))
);
create index bank_verifications_by_account on bank_verifications (profile_id, acc_no, seq desc);
create index bank_verifications_pending on bank_verifications (due_at) where status = 'pending';
select protect_by_profile('bank_verifications');
grant select, insert, update on bank_verifications to kekal_app, kekal_system;
`;

/** The file's columns: date, weekday, name, name_ms, scope, kind, status, source; no field holds a comma or a quote. */
function readHolidays(): object[] {
  const [, ...lines] = readFileSync(GAZETTED, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [day, , name, name_ms, scope, kind, status, source] = line.split(',');
    return { day, name, name_ms, scope, kind, status, source };
  });
}
