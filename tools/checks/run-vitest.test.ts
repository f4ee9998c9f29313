import { expect, test } from 'vitest';
import { judge } from './run-vitest.ts';

const twoPassed = { passed: 2, failed: 0, skipped: 0 };

test('what the tests report is what is counted', () => {
  const report = {
    projects: { unit: twoPassed, db: { passed: 1, failed: 0, skipped: 3 } },
    unhandledErrors: 0,
  };

  expect(judge(['unit', 'db'], report, true)).toEqual({
    counts: { passed: 3, failed: 0, skipped: 3 },
    complaints: [],
  });
});

test('a run that crashed before its report is one failure', () => {
  expect(judge(['unit'], null, false).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(judge(['unit'], null, true).counts.failed).toBe(1);
});

test('a project without a test is a failure, though the others passed', () => {
  const { counts, complaints } = judge(
    ['unit', 'replay'],
    { projects: { unit: twoPassed }, unhandledErrors: 0 },
    true,
  );

  expect(counts).toEqual({ passed: 2, failed: 1, skipped: 0 });
  expect(complaints).toEqual(['project replay: no test found']);
});

test('an error outside of any test is a failure', () => {
  const report = { projects: { unit: twoPassed }, unhandledErrors: 1 };

  expect(judge(['unit'], report, false).counts.failed).toBe(1);
});

test('an exit code that no test explains is a failure', () => {
  const report = { projects: { unit: twoPassed }, unhandledErrors: 0 };

  expect(judge(['unit'], report, false).counts.failed).toBe(1);
});

test('a failed test is counted once, not again for the exit code', () => {
  const report = { projects: { unit: { passed: 1, failed: 1, skipped: 0 } }, unhandledErrors: 0 };

  expect(judge(['unit'], report, false).counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
});
