import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '#db/database.ts';
import { insertSession, revokeSession } from '#db/session.repository.ts';
import { findPasswordHash, loadUserByEmail, type User } from '#db/user.repository.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { isPassword } from '../secrets/password-hash.ts';
import { tokenHash } from '../secrets/secret-box.ts';
import { isDeviceOf, issueDevice } from './device.ts';
import { sessionEndMs } from './life.ts';
import { takeTry, type TryLimiter } from './try-limit.ts';

export const SignInInput = z.strictObject({
  email: z.string().trim().min(1).max(255).toLowerCase(),
  password: z.string().min(1).max(200),
});

/** What the browser brings along. */
export interface Browser {
  readonly address: string | null;
  readonly userAgent: string | null;
  /** From an earlier sign-in, whoever's. */
  readonly device: string | null;
  /** The session that it holds now; it ends with the sign-in. */
  readonly token: string | null;
}

/** A wrong password and an unknown or inactive user are one answer, after one time. */
export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly token: string; readonly device: string; readonly userId: number }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_many'; readonly retryAfterS: number };

const USER_AGENT_MAX = 400;

/**
 * A new session of 256 random bits, kept as its SHA-256. The one that the browser held ends, so a planted token is
 * worth nothing. With one profile within reach it is chosen already.
 */
export async function signIn(
  ctx: SystemCtx,
  limiter: TryLimiter,
  raw: z.input<typeof SignInInput>,
  browser: Browser,
): Promise<SignInOutcome> {
  requireSystem(ctx);
  const { email, password } = SignInInput.parse(raw);
  const knownDevice =
    browser.device !== null && isDeviceOf(ctx.secrets, browser.device, email) ? browser.device : null;
  const tried = await takeTry(limiter, email, { address: browser.address, knownDevice });
  if (!tried.allowed) return { kind: 'too_many', retryAfterS: tried.retryAfterS };

  const passwordHash = await ctx.inTransaction((tx) => findPasswordHash(tx, email));
  // Outside of a transaction: no connection is held while the processor works.
  if (!(await isPassword(passwordHash, password))) return { kind: 'wrong' };
  const token = randomBytes(32).toString('base64url');
  const user = await ctx.inTransaction(async (tx) => {
    const found = await loadUserByEmail(tx, email, { lock: true });
    // A reset that came between has ended all sessions: none may be born with the old password.
    if (!found.active || (await findPasswordHash(tx, email)) !== passwordHash) return null;
    await openSession(tx, ctx, found, token, browser);
    return found;
  });
  if (!user) return { kind: 'wrong' };
  return {
    kind: 'signed_in',
    token,
    device: knownDevice ?? issueDevice(ctx.secrets, email),
    userId: user.id,
  };
}

async function openSession(
  tx: Tx,
  ctx: SystemCtx,
  user: User,
  token: string,
  browser: Browser,
): Promise<void> {
  const nowMs = ctx.now();
  if (browser.token !== null) await revokeSession(tx, tokenHash(browser.token), nowMs);
  const [only, ...others] = user.profileIds;
  const id = await insertSession(tx, {
    userId: user.id,
    tokenHash: tokenHash(token),
    profileId: only !== undefined && others.length === 0 ? only : null,
    createdAtMs: nowMs,
    expiresAtMs: sessionEndMs(nowMs, nowMs),
    userAgent: browser.userAgent?.slice(0, USER_AGENT_MAX) ?? null,
  });
  await recordAudit(
    tx,
    { ...ctx, actor: { kind: 'user', userId: user.id, role: user.role, via: 'portal' } },
    { action: 'session.sign_in', objectType: 'session', objectId: id, after: { address: browser.address } },
  );
}
