import { describe, test } from 'vitest';
import { noSilencedTests } from './no-silenced-tests.ts';
import { ruleTester } from './rule-tester.ts';

const bad = (code: string, messageId: string) => ({ code, errors: [{ messageId }] });

describe('no test is silenced in passing', () => {
  ruleTester(test).run('no-silenced-tests', noSilencedTests, {
    valid: [
      "test('a bill is paid once', () => {});",
      "test.each([1, 2])('rank %i', () => {});",
      "test.skipIf(isRoot)('a closed home is refused', () => {});",
      "// Skipped: the upstream server cannot do this before 1.33.\ntest.skip('a paused run', () => {});",
      'array.only(1); context.skip(); list.skip("rows");',
    ],
    invalid: [
      bad("test.only('a bill', () => {});", 'only'),
      bad("describe.only('bills', () => {});", 'only'),
      bad("test.concurrent.only('a bill', () => {});", 'only'),
      bad("test.skip('a bill', () => {});", 'reason'),
      bad("// later\ntest.skip('a bill', () => {});", 'reason'),
      bad("// Skipped:\nit.skip('a bill', () => {});", 'reason'),
      bad("test.todo('a bill');", 'reason'),
      bad("test.fails('a bill', () => {});", 'reason'),
    ],
  });
});
