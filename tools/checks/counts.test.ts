import { expect, test } from 'vitest';
import { formatCounts, NONE, sumCounts } from './counts.ts';

test('the last line names skipped tests only when there are some', () => {
  expect(formatCounts({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(formatCounts({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});

test('counts add up field by field, and nothing adds up to none', () => {
  expect(
    sumCounts([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]),
  ).toEqual({ passed: 11, failed: 22, skipped: 33 });
  expect(sumCounts([])).toEqual(NONE);
});
