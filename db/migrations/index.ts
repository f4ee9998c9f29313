import type { Migration } from 'kysely/migration';
import { foundation } from './20261121-0400-foundation.ts';
import { bills } from './20261121-0410-bills.ts';
import { sessions } from './20261121-0420-sessions.ts';
import { workingDays } from './20261121-0500-working-days.ts';
import { mail } from './20261121-0510-mail.ts';
import { openCollections } from './20261121-0520-open-collections.ts';
import { refunds } from './20261121-0530-refunds.ts';

/** Every migration by name, forward only; the order is that of the names. A name that has landed never changes. */
export const MIGRATIONS: Record<string, Migration> = {
  '20261121-0400-foundation': foundation,
  '20261121-0410-bills': bills,
  '20261121-0420-sessions': sessions,
  '20261121-0500-working-days': workingDays,
  '20261121-0510-mail': mail,
  '20261121-0520-open-collections': openCollections,
  '20261121-0530-refunds': refunds,
};
