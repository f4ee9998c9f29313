import type { Role } from './tenant.ts';

/** `own`: only what that user made; the rest looks absent. */
export type Grant = 'yes' | 'own' | 'no';

const everybody = { admin: 'yes', accountant: 'yes', normal: 'yes', restricted: 'yes' } as const;
const ownForRestricted = { admin: 'yes', accountant: 'yes', normal: 'yes', restricted: 'own' } as const;
const notRestricted = { admin: 'yes', accountant: 'yes', normal: 'yes', restricted: 'no' } as const;
const financeOnly = { admin: 'yes', accountant: 'yes', normal: 'no', restricted: 'no' } as const;
const adminOnly = { admin: 'yes', accountant: 'no', normal: 'no', restricted: 'no' } as const;

/** Who may do what; a new permission does not compile until every role has its cell. Source: decisions.md, "Permissions". */
export const PERMISSIONS = {
  'bill:view': ownForRestricted,
  'bill:create': ownForRestricted,
  'bill:delete': ownForRestricted,
  'collection:view': ownForRestricted,
  'collection:create': ownForRestricted,
  'collection:change': ownForRestricted,
  'bank_verification:view': financeOnly,
  'bank_verification:create': financeOnly,
  'payment:refund': notRestricted,
  'payment:play': notRestricted,
  'callback:view': ownForRestricted,
  'callback:redeliver': financeOnly,
  'time:move': notRestricted,
  'profile:list': everybody,
  'profile:view': adminOnly,
  'profile:change': adminOnly,
  'alert:view': adminOnly,
  'audit:view': adminOnly,
} as const satisfies Record<string, Record<Role, Grant>>;

export type Permission = keyof typeof PERMISSIONS;
