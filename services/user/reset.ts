import { z } from 'zod';
import { loadUserByEmail, revokeSessions, savePasswordHash } from '#db/user.repository.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { hashPassword } from '../secrets/password-hash.ts';
import { Password } from './password.ts';

export const ResetUserInput = z.strictObject({ email: z.email().toLowerCase(), password: Password });

/** A new password; whoever is signed in as this user is signed out. Refuses `not_found`. */
export async function resetUser(
  ctx: SystemCtx,
  raw: z.input<typeof ResetUserInput>,
): Promise<{ readonly userId: number; readonly sessionsEnded: number }> {
  requireSystem(ctx);
  const { email, password } = ResetUserInput.parse(raw);
  const passwordHash = await hashPassword(password);
  return ctx.inTransaction(async (tx) => {
    const user = await loadUserByEmail(tx, email, { lock: true });
    await savePasswordHash(tx, user.id, passwordHash);
    const sessionsEnded = await revokeSessions(tx, user.id, ctx.now());
    await recordAudit(tx, ctx, {
      action: 'user.reset',
      objectType: 'user',
      objectId: user.id,
      after: { sessionsEnded },
    });
    return { userId: user.id, sessionsEnded };
  });
}
