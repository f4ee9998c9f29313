import type { Migration } from 'kysely/migration';
import { bills } from './20261121-0410-bills.ts';
import { foundation } from './20261121-0400-foundation.ts';
import { sessions } from './20261121-0420-sessions.ts';

/** Every migration by name, forward only; the order is that of the names. A name that has landed never changes. */
export const MIGRATIONS: Record<string, Migration> = {
  '20261121-0400-foundation': foundation,
  '20261121-0410-bills': bills,
  '20261121-0420-sessions': sessions,
};
