import { z } from 'zod';
import type { Tx } from '#db/database.ts';
import { loadMerchant } from '#db/merchant.repository.ts';
import { listProfiles } from '#db/profile.repository.ts';
import { insertUser, type User } from '#db/user.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { hashPassword } from '../secrets/password-hash.ts';
import { Password } from './password.ts';

const PROFILES_MAX = 1_000;

export const CreateUserInput = z.strictObject({
  merchantId: z.int().positive(),
  name: z.string().trim().min(1).max(255),
  email: z.email().max(255).toLowerCase(),
  role: z.enum(['admin', 'accountant', 'normal', 'restricted']),
  /** Without one the user cannot sign in, but may own API keys. */
  password: Password.optional(),
  /** Which of the merchant's profiles they reach; all when not given. */
  profileIds: z.array(z.int().positive()).max(PROFILES_MAX).optional(),
});

/**
 * A person of a merchant. Refuses `taken` for an e-mail that another user has, `not_found` for an unknown merchant or
 * a profile of another one. Source: decisions.md, "Words": user.
 */
export async function createUser(ctx: SystemCtx, raw: z.input<typeof CreateUserInput>): Promise<User> {
  requireSystem(ctx);
  const { password, profileIds: wanted, ...input } = CreateUserInput.parse(raw);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return ctx.inTransaction(async (tx) => {
    await loadMerchant(tx, input.merchantId, { lock: true }); // a profile that is made meanwhile waits
    const profileIds = await profilesOf(tx, input.merchantId, wanted);
    const user = await insertUser(tx, { ...input, profileIds, passwordHash, createdAtMs: ctx.now() });
    if (!user) return refuse('taken', { email: input.email });
    await recordAudit(tx, ctx, { action: 'user.create', objectType: 'user', objectId: user.id, after: user });
    return user;
  });
}

async function profilesOf(
  tx: Tx,
  merchantId: number,
  wanted: readonly number[] | undefined,
): Promise<number[]> {
  const theirs = await listProfiles(tx, { merchantId, limit: PROFILES_MAX, offset: 0 });
  const ids = theirs.map(({ id }) => id);
  const stranger = wanted?.find((id) => !ids.includes(id));
  if (stranger !== undefined) refuse('not_found', { profileId: stranger });
  return wanted === undefined ? ids : [...new Set(wanted)];
}
