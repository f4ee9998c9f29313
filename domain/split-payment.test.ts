import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sen } from './money.ts';
import { type SplitRecipient, splitPayment } from './split-payment.ts';

const to = (fixedCut: number | null, variableCut: number | null): SplitRecipient => ({
  fixedCut: fixedCut === null ? null : sen(fixedCut),
  variableCut,
});

test.each<[string, number, SplitRecipient[], number[], number]>([
  ['nobody: the owner gets all', 200, [], [], 200],
  ['a fixed cut', 200, [to(100, null)], [100], 100],
  ['a percentage, rounded down in favour of the owner', 199, [to(null, 50)], [99], 100],
  ['both cuts of one recipient add up', 1000, [to(100, 2)], [120], 880],
  ['the seed: 100 + 2% and 200 + 3%', 1000, [to(100, 2), to(200, 3)], [120, 230], 650],
  ['a fixed cut above the payment takes what there is', 50, [to(100, null)], [50], 0],
  ['the second recipient gets what the first one leaves', 250, [to(200, null), to(200, null)], [200, 50], 0],
  ['percentages are of the whole, not of the rest', 1000, [to(null, 60), to(null, 40)], [600, 400], 0],
  ['a percentage of one sen is nothing', 1, [to(null, 99)], [0], 1],
  ['a recipient without any cut gets nothing', 100, [to(null, null)], [0], 100],
])('%s', (_what, paid, recipients, cuts, owner) => {
  expect(splitPayment(sen(paid), recipients)).toEqual({ cuts, owner });
});

test('cuts and the owner part always sum to what was paid, and nobody gets less than nothing', () => {
  const recipient = fc.record({
    fixedCut: fc.option(fc.integer({ min: 1, max: 99_999_999_999 }).map(sen)),
    variableCut: fc.option(fc.integer({ min: 1, max: 100 })),
  });
  const paid = fc.integer({ min: 0, max: 99_999_999_999 }).map(sen);
  fc.assert(
    fc.property(paid, fc.array(recipient, { maxLength: 4 }), (amount, recipients) => {
      const { cuts, owner } = splitPayment(amount, recipients);
      expect(cuts.reduce<number>((sum, cut) => sum + cut, owner)).toBe(amount);
      expect(Math.min(owner, ...cuts)).toBeGreaterThanOrEqual(0);
    }),
  );
});
