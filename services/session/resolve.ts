import type { Tx } from '#db/database.ts';
import { loadProfile } from '#db/profile.repository.ts';
import { extendSession, findSession } from '#db/session.repository.ts';
import { loadUserByEmail, type User } from '#db/user.repository.ts';
import type { Profile } from '#domain/profile.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { tokenHash } from '../secrets/secret-box.ts';
import { laterEndMs } from './life.ts';

export interface PortalSession {
  readonly id: number;
  readonly user: User;
  /** Null until one is chosen, or when the chosen one is out of reach by now. */
  readonly profile: Profile | null;
}

/**
 * Who holds this token, read anew with each request: a role or reach that was taken away is gone at once. Nothing when
 * it is unknown, revoked, expired (8 h without use, 7 days in all) or its user inactive.
 */
export async function resolveSession(ctx: SystemCtx, token: string): Promise<PortalSession | undefined> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const session = await findSession(tx, tokenHash(token), ctx.now());
    if (!session) return undefined;
    const endMs = laterEndMs(session, ctx.now());
    if (endMs !== null) await extendSession(tx, session.id, endMs);
    const user = await loadUserByEmail(tx, session.email);
    return { id: session.id, user, profile: await chosen(tx, user, session.profileId) };
  });
}

async function chosen(tx: Tx, user: User, profileId: number | null): Promise<Profile | null> {
  if (profileId === null || !user.profileIds.includes(profileId)) return null;
  return loadProfile(tx, profileId);
}
