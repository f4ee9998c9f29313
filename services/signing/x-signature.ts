import { createHmac, timingSafeEqual } from 'node:crypto';
import { type SignableParams, type SignatureName, xSignatureSource } from '#domain/x-signature.ts';

/** The X Signature of parameters: lower-case hex HMAC-SHA256 under the profile's key. Source: billplz-api.md 5. */
export function signX(params: SignableParams, key: string, signatureName?: SignatureName): string {
  return createHmac('sha256', key).update(xSignatureSource(params, signatureName), 'utf8').digest('hex');
}

/**
 * Whether the parameters carry their own signature: at the top, or one level down as `billplz[x_signature]` does.
 * Constant time; false when there is none, or several.
 */
export function verifyX(
  params: SignableParams,
  key: string,
  signatureName: SignatureName = 'x_signature',
): boolean {
  const [signature, ...more] = signaturesIn(params, signatureName);
  if (signature === undefined || more.length > 0) return false;
  return equalInConstantTime(signature, signX(params, key, signatureName));
}

function signaturesIn(params: SignableParams, name: SignatureName): string[] {
  return [params, ...Object.values(params)].flatMap((level) => {
    if (typeof level !== 'object' || level === null || !Object.hasOwn(level, name)) return [];
    const signature = (level as SignableParams)[name];
    return typeof signature === 'string' ? [signature] : [];
  });
}

/** The checksum of v5 payment orders over plainly concatenated values. Source: billplz-api.md 2.16. */
export function hmacSha512Hex(text: string, key: string): string {
  return createHmac('sha512', key).update(text, 'utf8').digest('hex');
}

/** Lengths may differ in time, contents do not: what is compared is never secret in its length. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const a = Buffer.from(given, 'utf8');
  const b = Buffer.from(expected, 'utf8');
  return a.length === b.length && timingSafeEqual(a, b);
}
