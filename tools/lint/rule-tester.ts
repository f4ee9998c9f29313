import { RuleTester } from 'oxlint/plugins-dev';
import type { TestAPI } from 'vitest';

/** A rule tester whose samples are the caller's tests, in TypeScript. */
export function ruleTester(test: TestAPI): RuleTester {
  RuleTester.describe = (_name, samples) => samples();
  RuleTester.it = (name, sample) => test(name, () => sample());
  return new RuleTester({ languageOptions: { parserOptions: { lang: 'ts' } } });
}
