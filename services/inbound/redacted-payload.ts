import { holdsCardNumber, redactCardNumbers } from '#domain/card-number-guard.ts';

/**
 * A notice as we may keep it: card numbers become `[card]`, in texts, numbers and names; what Postgres cannot store is
 * left out. Source: gateways.md 5, points 1 and 2.
 */
export function redactedPayload(payload: object): object {
  return clean(payload) as object;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' && holdsCardNumber(String(value))) return '[card]';
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), clean(item)]));
}

function cleanText(text: string): string {
  return redactCardNumbers(text.toWellFormed().replaceAll('\0', ''));
}
