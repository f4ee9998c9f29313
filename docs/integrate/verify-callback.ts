import { createHmac, timingSafeEqual } from 'node:crypto';
import { text } from 'node:stream/consumers';

/**
 * Whether a callback's body, or the query of a redirect, was signed with your X Signature key. Pass it as it came,
 * still encoded; the order and number of the parameters do not matter.
 */
export function isGenuine(encoded: string, key: string): boolean {
  const params = [...new URLSearchParams(encoded)].map(
    ([name, value]) => [name.replace(/[[\]]/g, ''), value] as const,
  );
  const signatures = params.filter(([name]) => name.endsWith('x_signature'));
  const source = params
    .filter(([name]) => !name.endsWith('x_signature'))
    .map(([name, value]) => `${name}${value}`)
    .sort((a, b) => compareBytes(a.toLowerCase(), b.toLowerCase()) || compareBytes(a, b))
    .join('|');
  const expected = createHmac('sha256', key).update(source).digest();
  const given = Buffer.from(signatures[0]?.[1] ?? '', 'hex');
  return signatures.length === 1 && given.length === expected.length && timingSafeEqual(given, expected);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

// To try it: node verify-callback.ts KEY < body
if (import.meta.main) {
  const body = await text(process.stdin);
  console.log(isGenuine(body.trim(), process.argv[2] ?? '') ? 'genuine' : 'forged');
}
