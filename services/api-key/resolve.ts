import { touchApiKey } from '#db/api-key.repository.ts';
import { findByKeyHash, type KeyReach } from '#db/profile.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { tokenHash } from '../secrets/secret-box.ts';

const NOTE_USE_EVERY_MS = 60_000;

/**
 * The profiles that this secret opens, by id, each with the key's owner and role; empty when it opens none: unknown,
 * revoked, or its owner inactive or without API access.
 */
export async function resolveApiKey(ctx: SystemCtx, secret: string): Promise<KeyReach[]> {
  requireSystem(ctx);
  const reach = await ctx.lookUp((tx) => findByKeyHash(tx, tokenHash(secret)));
  const [first] = reach;
  if (first && ctx.now() - first.lastUsedAtMs >= NOTE_USE_EVERY_MS) void noteUse(ctx, first.keyId);
  return reach;
}

/** Beside the request, which does not wait for it. */
async function noteUse(ctx: SystemCtx, keyId: number): Promise<void> {
  const nowMs = ctx.now();
  try {
    await ctx.inTransaction((tx) =>
      touchApiKey(tx, keyId, new Date(nowMs), new Date(nowMs - NOTE_USE_EVERY_MS)),
    );
  } catch {
    // An indication for people, not worth a failed request: the next one notes it.
  }
}
