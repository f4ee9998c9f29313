import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sen } from './money.ts';
import { refundableSen } from './refund.ts';

const refund = (amount: number, status: 'pending' | 'completed' | 'failed') => ({
  amountSen: sen(amount),
  status,
});

test('what is under way counts like what has happened, what failed does not', () => {
  const refunds = [refund(100, 'completed'), refund(50, 'pending'), refund(900, 'failed')];
  expect(refundableSen(sen(1_000), refunds)).toBe(850);
  expect(refundableSen(sen(1_000), [])).toBe(1_000);
});

test('more back than came is a bug, not an amount', () => {
  expect(() => refundableSen(sen(100), [refund(60, 'completed'), refund(41, 'pending')])).toThrow(RangeError);
});

test('refunds of at most the rest never bring it below zero', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (paid, parts) => {
        const made: ReturnType<typeof refund>[] = [];
        for (const part of parts) {
          const amount = Math.floor(refundableSen(sen(paid), made) * part);
          if (amount > 0) made.push(refund(amount, 'completed'));
        }
        expect(refundableSen(sen(paid), made)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
