import { listProfiles as list, loadProfile } from '#db/profile.repository.ts';
import type { Profile } from '#domain/profile.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { openWebhookSecret, openXSignatureKey } from './secrets.ts';

const PAGE = 50;

/** The profile with all its switches. Refuses `not_found`. */
export async function showProfile(ctx: SystemCtx, profileId: number): Promise<Profile> {
  requireSystem(ctx);
  return ctx.inTransaction((tx) => loadProfile(tx, profileId));
}

/** One page of profiles, oldest first; of one merchant or of the whole installation. */
export async function listProfiles(
  ctx: SystemCtx,
  { merchantId, page = 1 }: { merchantId?: number; page?: number } = {},
): Promise<Profile[]> {
  requireSystem(ctx);
  const filter = { limit: PAGE, offset: (page - 1) * PAGE };
  return ctx.inTransaction((tx) => list(tx, merchantId === undefined ? filter : { ...filter, merchantId }));
}

export interface ProfileSecrets {
  readonly xSignatureKey: string;
  readonly webhookSecret: string;
}

/** What a receiver verifies our signatures with; that it was looked at is kept. Refuses `not_found`. */
export async function revealProfileSecrets(ctx: SystemCtx, profileId: number): Promise<ProfileSecrets> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    await loadProfile(tx, profileId);
    const of = { ...ctx, profileId };
    const xSignatureKey = await openXSignatureKey(tx, of);
    const webhookSecret = await openWebhookSecret(tx, of);
    await recordAudit(tx, of, {
      action: 'profile.reveal_secrets',
      objectType: 'profile',
      objectId: profileId,
    });
    return { xSignatureKey, webhookSecret };
  });
}
