import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../secrets/secret-box.ts';

/**
 * A mark on a browser that has signed in to an account before: `<random>.<HMAC of it and the e-mail>`. It opens
 * nothing; but tries to sign in from such a browser are counted apart from strangers', so nobody can use up somebody
 * else's. Source: issue 8, "lock-out that cannot be used to lock others out".
 */
export function issueDevice(secrets: SecretBox, email: string): string {
  const random = randomBytes(16).toString('base64url');
  return `${random}.${mac(secrets, email, random).toString('base64url')}`;
}

/** True when this browser has signed in with this e-mail (lower case) before. */
export function isDeviceOf(secrets: SecretBox, device: string, email: string): boolean {
  const [random, given] = device.split('.');
  if (random === undefined || given === undefined) return false;
  const expected = mac(secrets, email, random);
  const actual = Buffer.from(given, 'base64url');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function mac(secrets: SecretBox, email: string, random: string): Buffer {
  return createHmac('sha256', secrets.derive('sign-in device')).update(`${random}.${email}`).digest();
}
