declare const senBrand: unique symbol;

/** A safe integer count of minor units (sen). Negative only where a book needs it. Source: decisions.md, "Money". */
export type Sen = number & { readonly [senBrand]: true };

/** Brands a checked number. Throws RangeError on anything but a safe integer: floats never become money. */
export function sen(amount: number): Sen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole amount of minor units`);
  return (amount + 0) as Sen;
}

/** The sum of all parts; nothing is 0. */
export function addSen(...parts: readonly Sen[]): Sen {
  return parts.reduce<Sen>((sum, part) => sen(sum + part), sen(0));
}

/** `from - amount`, which may be below zero. */
export function subtractSen(from: Sen, amount: Sen): Sen {
  return sen(from - amount);
}

/**
 * Divides `total` in proportion to `weights` (whole, not negative, one of them positive): everybody gets the floor,
 * then one unit each by largest remainder, the earlier part first when remainders are equal. Parts sum to `total`.
 * Source: decisions.md, "Money, time, ids".
 */
export function allocate(total: Sen, weights: readonly number[]): Sen[] {
  assertNotNegative(total);
  const sum = weights.reduce((all, weight) => {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`${weight} is not a weight`);
    return sen(all + weight);
  }, 0);
  if (sum === 0) throw new RangeError('no weight is positive');
  const shares = weights.map((weight, index) => {
    // The product may pass 2^53; what comes back is at most `total` or `sum`.
    const product = BigInt(total) * BigInt(weight);
    return {
      index,
      floor: Number(product / BigInt(sum)),
      remainder: Number(product % BigInt(sum)),
    };
  });
  const left = total - shares.reduce((all, share) => all + share.floor, 0);
  const lucky = new Set(
    [...shares]
      .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
      .slice(0, left)
      .map((share) => share.index),
  );
  return shares.map((share) => sen(share.floor + (lucky.has(share.index) ? 1 : 0)));
}

/** `percent` (whole, 0 to 100) of an amount, rounded down. */
export function percentFloor(amount: Sen, percent: number): Sen {
  return percentOf(amount, percent, 0);
}

/** `percent` (whole, 0 to 100) of an amount, half a unit rounded up. */
export function percentHalfUp(amount: Sen, percent: number): Sen {
  return percentOf(amount, percent, 50);
}

function percentOf(amount: Sen, percent: number, roundingHundredths: number): Sen {
  assertNotNegative(amount);
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new RangeError(`${percent} is not a whole percentage`);
  }
  const rest = amount % 100;
  const hundreds = (amount - rest) / 100;
  return sen(hundreds * percent + Math.floor((rest * percent + roundingHundredths) / 100));
}

function assertNotNegative(amount: Sen): void {
  if (amount < 0) throw new RangeError(`${amount} is below zero`);
}

const SYMBOLS: Readonly<Record<string, string>> = { MYR: 'RM' };

/** ISO 4217: what has not two decimals. */
const DECIMALS: Readonly<Record<string, number>> = {
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(4, 'CLF UYW'),
};

function of(decimals: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, decimals]));
}

/** For people: `RM 1,234.50`, `USD -0.05`, `JPY 1,234`. The same text in every locale. */
export function formatSen(amount: Sen, currency: string): string {
  const decimals = DECIMALS[currency] ?? 2;
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${SYMBOLS[currency] ?? currency} ${amount < 0 ? '-' : ''}${whole}${fraction}`;
}
