import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addSen,
  allocate,
  formatSen,
  percentFloor,
  percentHalfUp,
  type Sen,
  sen,
  subtractSen,
} from './money.ts';

const anyAmount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(sen);
const anyPercent = fc.integer({ min: 0, max: 100 });

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])(
  '%d never becomes money',
  (amount) => {
    expect(() => sen(amount)).toThrow(RangeError);
  },
);

test('minus zero is zero', () => {
  expect(Object.is(sen(-0), 0)).toBe(true);
});

test('a sum that leaves the safe integers is refused, not rounded', () => {
  expect(addSen(sen(1), sen(2), sen(3))).toBe(6);
  expect(addSen()).toBe(0);
  expect(subtractSen(sen(2), sen(5))).toBe(-3);
  expect(() => addSen(sen(Number.MAX_SAFE_INTEGER), sen(1))).toThrow(RangeError);
  expect(() => subtractSen(sen(Number.MIN_SAFE_INTEGER), sen(1))).toThrow(RangeError);
});

test('the parts of an allocation always sum to the whole, and none is more than one unit off', () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 20 })
    .filter((list) => list.some((weight) => weight > 0));
  fc.assert(
    fc.property(anyAmount, weights, (total, list) => {
      const parts = allocate(total, list);
      const sum = list.reduce((all, weight) => all + BigInt(weight), BigInt(0));
      expect(parts.reduce((all, part) => all + BigInt(part), BigInt(0))).toBe(BigInt(total));
      parts.forEach((part, index) => {
        const floor = (BigInt(total) * BigInt(list[index] ?? 0)) / sum;
        expect(BigInt(part) - floor === BigInt(0) || BigInt(part) - floor === BigInt(1)).toBe(true);
        if (list[index] === 0) expect(part).toBe(0);
      });
    }),
  );
});

test('largest remainder gets the odd unit, the earlier part when equal', () => {
  expect(allocate(sen(100), [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(sen(10), [1, 2, 4])).toEqual([1, 3, 6]);
  expect(allocate(sen(0), [1, 1])).toEqual([0, 0]);
});

test.each<[number, number[]]>([
  [10, []],
  [10, [0, 0]],
  [10, [1, -1]],
  [10, [0.5]],
  [-1, [1]],
])('allocating %d by %j is refused', (total, weights) => {
  expect(() => allocate(total as Sen, weights)).toThrow(RangeError);
});

test('a percentage is exact over all safe integers: floor goes down, half up goes up from the half', () => {
  fc.assert(
    fc.property(anyAmount, anyPercent, (amount, percent) => {
      const exact = BigInt(amount) * BigInt(percent);
      expect(BigInt(percentFloor(amount, percent))).toBe(exact / BigInt(100));
      expect(BigInt(percentHalfUp(amount, percent))).toBe((exact + BigInt(50)) / BigInt(100));
    }),
  );
});

test.each<[number, number, number, number]>([
  [150, 1, 1, 2],
  [149, 1, 1, 1],
  [99, 100, 99, 99],
  [1, 50, 0, 1],
  [1, 49, 0, 0],
  [0, 6, 0, 0],
])('of %d sen, %d%% is %d rounded down and %d half up', (amount, percent, floor, halfUp) => {
  expect(percentFloor(sen(amount), percent)).toBe(floor);
  expect(percentHalfUp(sen(amount), percent)).toBe(halfUp);
});

test.each([-1, 101, 1.5, Number.NaN])('%d is not a percentage', (percent) => {
  expect(() => percentFloor(sen(1), percent)).toThrow(RangeError);
  expect(() => percentHalfUp(sen(1), percent)).toThrow(RangeError);
});

test('a percentage of a negative amount is refused: its rounding would have no name', () => {
  expect(() => percentFloor(sen(-1), 1)).toThrow(RangeError);
});

test.each([
  [123450, 'MYR', 'RM 1,234.50'],
  [0, 'MYR', 'RM 0.00'],
  [5, 'MYR', 'RM 0.05'],
  [-5, 'USD', 'USD -0.05'],
  [99999999999, 'MYR', 'RM 999,999,999.99'],
  [100, 'MYR', 'RM 1.00'],
  [1234, 'JPY', 'JPY 1,234'],
  [0, 'JPY', 'JPY 0'],
  [1234567, 'KWD', 'KWD 1,234.567'],
])('%d in %s reads %s', (amount, currency, text) => {
  expect(formatSen(sen(amount), currency)).toBe(text);
});
