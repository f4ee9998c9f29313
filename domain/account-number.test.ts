import { expect, test } from 'vitest';
import { isAccountNumber, plainAccountNumber } from './account-number.ts';

test('spaces and hyphens of an account number are removed, its leading zeros are kept', () => {
  expect(plainAccountNumber(' 0012-3456 7890 ')).toBe('001234567890');
});

test.each([
  ['12345', true],
  ['12345678901234567890', true],
  ['1234', false],
  ['123456789012345678901', false],
  ['12345a', false],
  ['', false],
])('%j is an account number: %s', (plain, is) => {
  expect(isAccountNumber(plain)).toBe(is);
});
