import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** Counts in fixed windows that all processes share. */
export interface TryLimiter {
  /** Takes one of `limit` in a window of `windowS` seconds; never waits. */
  take(key: string, limit: number, windowS: number): Promise<{ allowed: boolean; resetS: number }>;
}

/** Where a try to sign in comes from. */
export interface TryOrigin {
  readonly address: string | null;
  /** The mark of a browser that signed in to this very account before. */
  readonly knownDevice: string | null;
}

export type TryVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterS: number };

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/**
 * Takes one try. A browser that is known to the account has tries of its own. Strangers are counted by network, and by
 * network and account; once many strangers try one account, each network keeps a few tries an hour. So nobody's tries
 * can be used up from elsewhere, and guessing one account from many networks is slow.
 */
export async function takeTry(limiter: TryLimiter, email: string, origin: TryOrigin): Promise<TryVerdict> {
  const account = digest(email);
  if (origin.knownDevice !== null) {
    return verdict([
      await limiter.take(`sign-in:device:${account}:${digest(origin.knownDevice)}`, 10, 15 * MINUTE_S),
    ]);
  }
  const network = networkOf(origin.address);
  const byNetwork = await limiter.take(`sign-in:network:${network}`, 60, 10 * MINUTE_S);
  if (!byNetwork.allowed) return verdict([byNetwork]);
  const both = `${account}:${network}`;
  const byBoth = await limiter.take(`sign-in:both:${both}`, 10, 15 * MINUTE_S);
  const strangers = await limiter.take(`sign-in:account:${account}`, 100, HOUR_S);
  if (strangers.allowed) return verdict([byBoth]);
  return verdict([byBoth, await limiter.take(`sign-in:attacked:${both}`, 3, HOUR_S)]);
}

function verdict(taken: readonly { allowed: boolean; resetS: number }[]): TryVerdict {
  const refused = taken.filter(({ allowed }) => !allowed);
  if (refused.length === 0) return { allowed: true };
  return { allowed: false, retryAfterS: Math.max(1, ...refused.map(({ resetS }) => Math.ceil(resetS))) };
}

/** IPv4 addresses one by one; of IPv6 the /64, because whoever has one address there has them all. */
export function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6)
    return `${parsed.parts
      .slice(0, 4)
      .map((part) => part.toString(16))
      .join(':')}::`;
  return parsed.toString();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
