import type { z } from 'zod';
import { loadProfile, saveProfile } from '#db/profile.repository.ts';
import type { Profile } from '#domain/profile.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { ProfileSwitchesInput } from './switches.ts';

/** Every switch, each optional; mode and currency are not among them. */
export const SetProfileInput = ProfileSwitchesInput.partial();

/**
 * Changes the switches that are given. What was made before keeps what it was made with: a callback its schedule, a
 * frozen payload its signature. Refuses `not_found`. Source: decisions.md, "Installation".
 */
export async function setProfile(
  ctx: SystemCtx,
  profileId: number,
  raw: z.input<typeof SetProfileInput>,
): Promise<Profile> {
  requireSystem(ctx);
  const input = SetProfileInput.parse(raw);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return ctx.inTransaction(async (tx) => {
    const before = await loadProfile(tx, profileId, { lock: true });
    const after: Profile = { ...before, ...given };
    await saveProfile(tx, profileId, after);
    await recordAudit(
      tx,
      { ...ctx, profileId },
      { action: 'profile.set', objectType: 'profile', objectId: profileId, before, after },
    );
    return after;
  });
}
