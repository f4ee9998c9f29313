import { expect, test } from 'vitest';
import type { Profile } from '#domain/profile.ts';
import type { RateLimiter } from '../deps.ts';
import { rateStanding, UNCOUNTED } from './rate-limit.ts';

/** Counts in memory, in one window that never ends. */
function counting(resetS: Record<string, number> = {}): RateLimiter & { taken: Map<string, number> } {
  const taken = new Map<string, number>();
  const look: RateLimiter['look'] = async (key, limit) => {
    const count = taken.get(key) ?? 0;
    return { allowed: count <= limit, remaining: Math.max(0, limit - count), resetS: resetS[key] ?? 300 };
  };
  return {
    taken,
    look,
    take: (key, limit, windowS) => {
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return look(key, limit, windowS);
    },
  };
}

const profile = (rateLevel: Profile['rateLevel'], id = 1) => ({ id, rateLevel }) as Profile;
const GET = { isRead: true, address: '203.0.113.7' };

test('an unlimited profile is not counted', async () => {
  const limiter = counting();
  expect(await rateStanding(limiter, profile('unlimited'), GET)).toEqual(UNCOUNTED);
  expect(limiter.taken.size).toBe(0);
});

test('the level is what a window holds; one more is refused with Remaining 0 and Retry-After', async () => {
  const limiter = counting();
  const standings = [];
  for (let i = 0; i < 11; i += 1) standings.push(await rateStanding(limiter, profile('10'), GET));
  expect(standings.map(({ allowed }) => allowed)).toEqual([...Array<boolean>(10).fill(true), false]);
  expect(standings[0]?.headers).toEqual({
    'RateLimit-Limit': '10',
    'RateLimit-Remaining': '9',
    'RateLimit-Reset': '300',
  });
  expect(standings[10]?.headers).toEqual({
    'RateLimit-Limit': '10',
    'RateLimit-Remaining': '0',
    'RateLimit-Reset': '300',
    'Retry-After': '300',
  });
});

test('what takes nothing is never refused and says what is left', async () => {
  const limiter = counting();
  for (let i = 0; i < 12; i += 1) await rateStanding(limiter, profile('10'), GET);
  const standing = await rateStanding(limiter, profile('10'), { ...GET, isRead: false });
  expect(standing).toMatchObject({ allowed: true, headers: { 'RateLimit-Remaining': '0' } });
  expect(limiter.taken.get('profile:1')).toBe(12);
});

test('the stricter of profile and address counts', async () => {
  const limiter = counting({ 'ip:203.0.113.7': 120 });
  for (let i = 0; i < 8; i += 1) await rateStanding(limiter, profile('10', 2), GET);
  const { headers } = await rateStanding(limiter, profile('10', 1), GET);
  expect(headers).toMatchObject({ 'RateLimit-Remaining': '1', 'RateLimit-Reset': '120' });
});
