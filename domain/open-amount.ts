import { addSen, percentHalfUp, type Sen, sen } from './money.ts';

/** What one bill may ask at most. Source: billplz-api.md 1, rule `amt`. */
export const AMOUNT_MAX_SEN = 99_999_999_999;
/** Source: billplz-api.md 3.8. */
export const QUANTITY_MAX = 999;

/** What an open collection's form adds up to. */
export interface OpenTotal {
  readonly taxSen: Sen;
  readonly totalSen: Sen;
}

/**
 * Amount times quantity, plus tax in whole percent, half a sen rounded up once on the whole. Null when it is more than
 * one bill may ask. Source: billplz-api.md 3.8.
 */
export function openTotal(of: { amountSen: Sen; quantity: number; tax: number | null }): OpenTotal | null {
  const net = of.amountSen * of.quantity;
  if (net > AMOUNT_MAX_SEN) return null;
  const taxSen = percentHalfUp(sen(net), of.tax ?? 0);
  const totalSen = addSen(sen(net), taxSen);
  return totalSen > AMOUNT_MAX_SEN ? null : { taxSen, totalSen };
}

const RINGGIT = /^(?:RM)?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$/i;

/** `12`, `12.5`, `1,234.50` or `RM 12.50` in sen; null for anything else, also for a third decimal. */
export function parseRinggit(text: string): Sen | null {
  const [, whole, fraction = ''] = RINGGIT.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  return sen(Number(`${whole.replaceAll(',', '')}${fraction.padEnd(2, '0')}`));
}
