import { z } from 'zod';
import { listProfiles, loadProfile } from '#db/profile.repository.ts';
import { saveSessionProfile } from '#db/session.repository.ts';
import type { Profile } from '#domain/profile.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import type { PortalSession } from './resolve.ts';

const PROFILES_MAX = 1_000;

/** Every profile that the user reaches, oldest first. Source: decisions.md, "Permissions": list profiles. */
export async function listSessionProfiles(ctx: SystemCtx, session: PortalSession): Promise<Profile[]> {
  requirePermission(ctx, 'profile:list');
  const ids = session.user.profileIds;
  if (ids.length === 0) return [];
  return ctx.inTransaction((tx) => listProfiles(tx, { ids, limit: PROFILES_MAX, offset: 0 }));
}

export const ChooseProfileInput = z.strictObject({ profileId: z.int().positive() });

/** The profile that this session works in from now on. Refuses `not_found` for one out of the user's reach. */
export async function chooseProfile(
  ctx: SystemCtx,
  session: PortalSession,
  raw: z.input<typeof ChooseProfileInput>,
): Promise<Profile> {
  requirePermission(ctx, 'profile:list');
  const { profileId } = ChooseProfileInput.parse(raw);
  if (!session.user.profileIds.includes(profileId)) return refuse('not_found', { profileId });
  return ctx.inTransaction(async (tx) => {
    const profile = await loadProfile(tx, profileId);
    await saveSessionProfile(tx, session.id, profileId);
    await recordAudit(
      tx,
      { ...ctx, profileId },
      {
        action: 'session.choose_profile',
        objectType: 'session',
        objectId: session.id,
        before: { profileId: session.profile?.id ?? null },
        after: { profileId },
      },
    );
    return profile;
  });
}
