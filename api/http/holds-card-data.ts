import { holdsCardNumber } from '#domain/card-number-guard.ts';
import { isUploadedFile, type Param, type Params } from './params.ts';

/**
 * Whether any value but those of the exempt names (of the outermost level) holds a card number. Source: gateways.md 5,
 * point 2.
 */
export function holdsCardData(params: Params, exempt: readonly string[] = []): boolean {
  return Object.entries(params).some(([name, value]) => !exempt.includes(name) && isCardData(value));
}

function isCardData(value: Param): boolean {
  if (typeof value === 'string' || typeof value === 'number') return holdsCardNumber(String(value));
  if (typeof value !== 'object' || value === null || isUploadedFile(value)) return false;
  return Object.values(value as Record<string, Param>).some(isCardData);
}
