import { randomInt } from 'node:crypto';
import type { Mode } from '#domain/tenant.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 43 characters of base 62 are 256 bits. */
const LENGTH = 43;
const PREFIX_LENGTH = 6;

/** A fresh key `kekal_<mode>_<43 characters>`, and the part of it that is kept in clear. `multi`: of both modes. */
export function drawApiKey(modes: readonly Mode[]): { readonly secret: string; readonly prefix: string } {
  const [mode, ...others] = new Set(modes);
  const label = `kekal_${mode === undefined || others.length > 0 ? 'multi' : mode}_`;
  const random = Array.from({ length: LENGTH }, () => BASE62[randomInt(BASE62.length)]).join('');
  return { secret: `${label}${random}`, prefix: `${label}${random.slice(0, PREFIX_LENGTH)}` };
}
