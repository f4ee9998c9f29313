import type { Profile } from '#domain/profile.ts';
import type { RateLimiter } from '../deps.ts';

const WINDOW_S = 300;

export interface RateStanding {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** What answers say that nobody counts. */
export const UNCOUNTED: RateStanding = {
  allowed: true,
  headers: rateHeaders('unlimited', 'unlimited', 'unlimited'),
};

/**
 * Counts a GET against the level of the profile, once for the profile and once for the caller's address; the stricter
 * of the two holds. Other methods read the counts and take nothing. Source: billplz-api.md 1, "Rate limit".
 */
export async function rateStanding(
  limiter: RateLimiter,
  profile: Profile,
  { isRead, address }: { isRead: boolean; address: string },
): Promise<RateStanding> {
  if (profile.rateLevel === 'unlimited') return UNCOUNTED;
  const limit = Number(profile.rateLevel);
  const count = (key: string) =>
    isRead ? limiter.take(key, limit, WINDOW_S) : limiter.look(key, limit, WINDOW_S);
  const [own, shared] = await Promise.all([count(`profile:${profile.id}`), count(`ip:${address}`)]);
  const strict = shared.remaining < own.remaining || !shared.allowed ? shared : own;
  const headers = rateHeaders(limit, strict.remaining, strict.resetS);
  if (!isRead || (own.allowed && shared.allowed)) return { allowed: true, headers };
  const resetS = Math.max(own.allowed ? 0 : own.resetS, shared.allowed ? 0 : shared.resetS);
  return { allowed: false, headers: { ...rateHeaders(limit, 0, resetS), 'Retry-After': String(resetS) } };
}

function rateHeaders(limit: number | string, remaining: number | string, reset: number | string) {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(reset),
  };
}
