import type { Migration } from 'kysely/migration';
import { sql } from 'kysely';

/**
 * Requests of the portal are checked by their origin and a header that no foreign page can send: a session keeps no
 * token for that. A profile that is chosen exists.
 */
export const sessions: Migration = {
  async up(db) {
    await sql`alter table sessions drop column csrf_hash`.execute(db);
    await sql`alter table sessions add foreign key (profile_id) references profiles`.execute(db);
  },
};
