import { revokeSession } from '#db/session.repository.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { tokenHash } from '../secrets/secret-box.ts';
import type { PortalSession } from './resolve.ts';

/** Ends the session for good, wherever its token was copied to. One that has ended already is no error. */
export async function signOut(ctx: SystemCtx, session: PortalSession, token: string): Promise<void> {
  requireSystem(ctx);
  const { id, role } = session.user;
  await ctx.inTransaction(async (tx) => {
    if (!(await revokeSession(tx, tokenHash(token), ctx.now()))) return;
    await recordAudit(
      tx,
      { ...ctx, actor: { kind: 'user', userId: id, role, via: 'portal' } },
      { action: 'session.sign_out', objectType: 'session', objectId: session.id },
    );
  });
}
