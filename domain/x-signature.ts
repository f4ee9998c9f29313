import { compareCodePoints } from './code-points.ts';

/** What is signed: decoded text, numbers and booleans as they print, null as empty text; nested as deep as you like. */
export type Signable =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Signable[]
  | { readonly [name: string]: Signable };

export type SignableParams = { readonly [name: string]: Signable };

/** The parameter that carries the signature; card callbacks call theirs `checksum`. */
export type SignatureName = 'x_signature' | 'checksum';

/**
 * The text that an X Signature is computed over. Each value is an element: its keys joined without brackets, then the
 * value; a list repeats its prefix. Whole elements are sorted by their lower-cased text by code point, equal ones by
 * the original, and joined with `|`. The signature itself is left out at any depth.
 * Source: billplz-api.md 5; seed 004, "Construct Source String".
 */
export function xSignatureSource(
  params: SignableParams,
  signatureName: SignatureName = 'x_signature',
): string {
  const elements: { readonly text: string; readonly folded: string }[] = [];
  collect('', params);
  return elements
    .sort((a, b) => compareCodePoints(a.folded, b.folded) || compareCodePoints(a.text, b.text))
    .map(({ text }) => text)
    .join('|');

  function collect(prefix: string, value: Signable): void {
    if (typeof value !== 'object' || value === null) {
      const text = `${prefix}${value ?? ''}`;
      elements.push({ text, folded: text.toLowerCase() });
    } else if (isList(value)) {
      for (const item of value) collect(prefix, item);
    } else {
      for (const [name, item] of Object.entries(value)) {
        if (name !== signatureName) collect(`${prefix}${name}`, item);
      }
    }
  }
}

function isList(value: object): value is readonly Signable[] {
  return Array.isArray(value);
}
