import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sen } from './money.ts';
import { AMOUNT_MAX_SEN, openTotal, parseRinggit, QUANTITY_MAX } from './open-amount.ts';

test.each([
  [299, 1, null, 299, 0],
  [299, 3, null, 897, 0],
  [1_000, 1, 6, 1_060, 60],
  // 2.5 sen of tax, once on the whole: 3, where three times 0.83 would give 2 or 3.
  [50, 1, 5, 53, 3],
  [10, 5, 5, 53, 3],
  [1, 1, 49, 1, 0],
  [1, 1, 50, 2, 1],
])('%i sen times %i with tax %s make %i', (amount, quantity, tax, total, taxSen) => {
  expect(openTotal({ amountSen: sen(amount), quantity, tax })).toEqual({ totalSen: total, taxSen });
});

test('what one bill may ask is asked, and not a sen more', () => {
  expect(openTotal({ amountSen: sen(AMOUNT_MAX_SEN), quantity: 1, tax: null })?.totalSen).toBe(
    AMOUNT_MAX_SEN,
  );
  expect(openTotal({ amountSen: sen(AMOUNT_MAX_SEN), quantity: 1, tax: 1 })).toBeNull();
  expect(openTotal({ amountSen: sen(AMOUNT_MAX_SEN), quantity: QUANTITY_MAX, tax: null })).toBeNull();
});

test('the total is the exact quotient rounded half up, for every amount, quantity and tax', () => {
  const amount = fc.integer({ min: 1, max: AMOUNT_MAX_SEN });
  const quantity = fc.integer({ min: 1, max: QUANTITY_MAX });
  fc.assert(
    fc.property(amount, quantity, fc.integer({ min: 1, max: 100 }), (each, times, tax) => {
      const exact = (BigInt(each) * BigInt(times) * BigInt(100 + tax) * 2n + 100n) / 200n;
      const total = openTotal({ amountSen: sen(each), quantity: times, tax });
      if (exact > BigInt(AMOUNT_MAX_SEN)) expect(total).toBeNull();
      else expect(total?.totalSen).toBe(Number(exact));
    }),
  );
});

test.each([
  ['12', 1_200],
  ['12.5', 1_250],
  [' 12.50 ', 1_250],
  ['1,234.50', 123_450],
  ['RM 12.50', 1_250],
  ['rm12', 1_200],
  ['0.01', 1],
  ['999999999.99', AMOUNT_MAX_SEN],
])('%j is %i sen', (typed, amount) => {
  expect(parseRinggit(typed)).toBe(amount);
});

test.each([
  '',
  '12.505',
  '-1',
  '1e3',
  '1.234,50',
  '12,34',
  '1,2345',
  'abc',
  '.5',
  '12.',
  'USD 5',
  '9999999999999',
])('%j is no amount', (typed) => {
  expect(parseRinggit(typed)).toBeNull();
});
