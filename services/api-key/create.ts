import { z } from 'zod';
import { insertApiKey } from '#db/api-key.repository.ts';
import type { Tx } from '#db/database.ts';
import { listProfiles } from '#db/profile.repository.ts';
import { loadUserByEmail, type User } from '#db/user.repository.ts';
import type { Profile } from '#domain/profile.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { tokenHash } from '../secrets/secret-box.ts';
import { drawApiKey } from './secret.ts';

const PROFILES_MAX = 100;

export const CreateApiKeyInput = z.strictObject({
  /** The owner, whose role the key has. */
  email: z.email().toLowerCase(),
  profileIds: z.array(z.int().positive()).min(1).max(PROFILES_MAX),
});

export interface NewApiKey {
  readonly id: number;
  readonly prefix: string;
  readonly profileIds: readonly number[];
  /** Shown this once: only its hash is kept. */
  readonly secret: string;
}

/**
 * A secret for the two APIs. Refuses `not_found` for an unknown owner or a profile that the owner does not reach.
 * Source: decisions.md, "Words": API key.
 */
export async function createApiKey(
  ctx: SystemCtx,
  raw: z.input<typeof CreateApiKeyInput>,
): Promise<NewApiKey> {
  requireSystem(ctx);
  const input = CreateApiKeyInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const owner = await loadUserByEmail(tx, input.email, { lock: true });
    const profiles = await reachedProfiles(tx, owner, input.profileIds);
    const profileIds = profiles.map(({ id }) => id);
    const { secret, prefix } = drawApiKey(profiles.map(({ mode }) => mode));
    const keyHash = tokenHash(secret);
    const id = await insertApiKey(tx, {
      userId: owner.id,
      prefix,
      keyHash,
      profileIds,
      createdAtMs: ctx.now(),
    });
    await recordAudit(tx, ctx, {
      action: 'api_key.create',
      objectType: 'api_key',
      objectId: id,
      after: { userId: owner.id, prefix, profileIds },
    });
    return { id, prefix, profileIds, secret };
  });
}

async function reachedProfiles(tx: Tx, owner: User, wanted: readonly number[]): Promise<Profile[]> {
  const stranger = wanted.find((id) => !owner.profileIds.includes(id));
  if (stranger !== undefined) refuse('not_found', { profileId: stranger });
  return listProfiles(tx, { ids: wanted, limit: PROFILES_MAX, offset: 0 });
}
