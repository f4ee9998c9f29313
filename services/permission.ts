import { PERMISSIONS, type Permission } from '#domain/permissions.ts';
import { refuse } from '#domain/refusal.ts';
import type { Actor, Ctx, SystemCtx } from './context.ts';

/** Whose rows the caller may touch: all of the profile, or only those that this user made. */
export type Scope = 'all' | { readonly createdBy: number };

/**
 * First beat of every verb. Refuses `forbidden`. Our own processes may do everything; a payer does what the pages
 * offer, which asks no permission. Source: decisions.md, "Permissions".
 */
export function requirePermission(ctx: { readonly actor: Actor }, permission: Permission): Scope {
  const { actor } = ctx;
  if (actor.kind === 'system') return 'all';
  if (actor.kind === 'payer') return refuse('forbidden', { permission });
  const grant = PERMISSIONS[permission][actor.role];
  if (grant === 'no') return refuse('forbidden', { permission, role: actor.role });
  return grant === 'own' ? { createdBy: actor.userId } : 'all';
}

/** For verbs that only our own processes and the operator's command may call. Refuses `forbidden`. */
export function requireSystem(ctx: Ctx | SystemCtx): void {
  if (ctx.actor.kind !== 'system') refuse('forbidden', { actor: ctx.actor.kind });
}

/** For verbs that the pages offer to whoever holds the link; our own processes and sandbox helpers may call them too. */
export function requirePayer(ctx: Ctx): void {
  if (ctx.actor.kind === 'user') requirePermission(ctx, 'payment:play');
}

/** Who made a row: a person, or nobody in particular. */
export function creatorOf(actor: Actor): number | null {
  return actor.kind === 'user' ? actor.userId : null;
}
