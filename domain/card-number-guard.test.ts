import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsCardNumber, redactCardNumbers } from './card-number-guard.ts';

/** The digits with the check digit that makes them pass Luhn. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((all, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return all + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** A number of this prefix and length that passes Luhn. */
function numberOf(prefix: string, length: number): string {
  return withCheckDigit(prefix.padEnd(length - 1, '7'));
}

const ALLOWED: [string, string[], number[]][] = [
  ['Visa', ['4'], [13, 16, 19]],
  ['Mastercard', ['51', '55', '2221', '2720'], [16]],
  ['American Express', ['34', '37'], [15]],
  ['Diners Club', ['36', '38', '300', '305'], [14, 15, 16, 17, 18, 19]],
  ['Discover', ['6011', '644', '649', '65'], [16, 17, 18, 19]],
  ['JCB', ['3528', '3589'], [16, 17, 18, 19]],
  ['UnionPay', ['62'], [16, 17, 18, 19]],
];

test.each(ALLOWED)(
  '%s: found at each prefix and length, and only with its check digit',
  (_name, prefixes, lengths) => {
    for (const prefix of prefixes) {
      for (const length of lengths) {
        const number = numberOf(prefix, length);
        expect(holdsCardNumber(number), number).toBe(true);
        const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
        expect(holdsCardNumber(wrong), wrong).toBe(false);
      }
    }
  },
);

test.each(ALLOWED)('%s: not found at any other length', (_name, prefixes, lengths) => {
  for (const prefix of prefixes) {
    for (let length = 10; length <= 24; length += 1) {
      if (!lengths.includes(length)) {
        expect(holdsCardNumber(numberOf(prefix, length)), `${prefix} ${length}`).toBe(false);
      }
    }
  }
});

test.each([
  '50',
  '56',
  '2220',
  '2721',
  '33',
  '39',
  '306',
  '643',
  '6012',
  '3527',
  '3590',
  '61',
  '1',
  '0',
  '9',
])('the prefix %s belongs to no scheme', (prefix) => {
  for (let length = 13; length <= 19; length += 1) {
    expect(holdsCardNumber(numberOf(prefix, length)), `${prefix} ${length}`).toBe(false);
  }
});

test.each([
  ['plain', '4111111111111111'],
  ['in fours', '4111 1111 1111 1111'],
  ['with hyphens', '4111-1111-1111-1111'],
  ['with several fillers', '4111 - 1111 -- 1111   1111'],
  ['single digits', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
  ['no-break and narrow spaces', '4111\u00a01111\u202f1111\u20091111'],
  ['an en dash and a soft hyphen', '4111\u20131111\u00ad1111\u20101111'],
  ['full-width digits', '\uff14\uff11\uff11\uff11 1111 1111 1111'],
  ['inside a sentence', 'please charge my card 4111 1111 1111 1111, thanks'],
  ['followed by expiry and CVV', '4111 1111 1111 1111 12/26 123'],
  ['followed by more groups', '4111111111111111 12 26'],
  ['after other digits', 'ref 2026 11 4111 1111 1111 1111'],
  ['glued to letters', 'card4111111111111111x'],
  ['Amex in its own grouping', '3782 822463 10005'],
  ['Diners of 14', '3056 930902 5904'],
  ['in JSON', '{"n":"5555555555554444"}'],
  ['with a decimal point behind', '5555555555554444.00'],
  ['on the second line', 'name\n6011111111111117'],
])('%s: found', (_what, text) => {
  expect(holdsCardNumber(text)).toBe(true);
});

test.each([
  ['empty', ''],
  ['a phone number', '+60 11-2223 3333'],
  ['an identity number', '820808-06-2202'],
  ['an account number', '820808062202123'],
  ['a date and a time', '2026-11-23 15:15:09 +0800'],
  ['one digit off', '4111 1111 1111 1112'],
  ['one digit more in the same run', '41111111111111110'],
  ['part of a longer run', '994111111111111111199999'],
  ['broken by a letter', '41111111x11111111'],
  ['broken by dots', '4111.1111.1111.1111'],
  ['over two lines', '4111 1111\n1111 1111'],
  ['zeros', '0000000000000000'],
  ['a UUID', '0b924e37-7418-4d17-b234-8de424dc48e5'],
  ['twelve digits', '411111111111'],
])('%s: not found', (_what, text) => {
  expect(holdsCardNumber(text)).toBe(false);
});

test('no filler, wherever it stands, hides a number', () => {
  const fillers = fc.array(fc.constantFrom('', ' ', '-', '  ', ' - '), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(fillers, (list) => {
      const text = [...'5555555555554444'].map((digit, i) => digit + (list[i] ?? '')).join('');
      expect(holdsCardNumber(text)).toBe(true);
    }),
  );
});

test('every number is replaced, nothing else is', () => {
  expect(redactCardNumbers('a 4111 1111 1111 1111, b 5555555555554444!')).toBe('a [card], b [card]!');
  expect(redactCardNumbers('4111111111111111')).toBe('[card]');
  expect(redactCardNumbers('tel 0112223333')).toBe('tel 0112223333');
});

test('numbers that follow each other, or share digits, leave no digit behind', () => {
  expect(redactCardNumbers('4111111111111111 5555555555554444')).toBe('[card] [card]');
  expect(redactCardNumbers('4222222222222 000 000')).not.toMatch(/4222222222222/);
});

test('a redacted text holds no card number', () => {
  const pieces = fc.constantFrom(
    '4111111111111111',
    '4222222222222',
    '378282246310005',
    '0',
    ' ',
    '-',
    '12',
    'x',
    '6',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (list) => {
      expect(holdsCardNumber(redactCardNumbers(list.join('')))).toBe(false);
    }),
  );
});

test('a million characters of the worst kind are read to the end', () => {
  const digits = '4 '.repeat(500_000);
  expect(holdsCardNumber(`${digits}x`)).toBe(false);
  expect(holdsCardNumber(`${digits}x 4111111111111111`)).toBe(true);
});
