import { expect, test } from 'vitest';
import { jsonSchemaOf } from './billplz-form.ts';
import {
  AMOUNT_MAX,
  amount,
  bool,
  date,
  email,
  id,
  integer,
  mobile,
  oneOf,
  page,
  type Scalar,
  text,
  url,
} from './scalars.ts';

/** The value, or the predicate of the first issue after a `!`. */
function read<T>(scalar: Scalar<T>, raw: unknown): unknown {
  const result = scalar.safeParse(raw);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `!${issue?.code === 'custom' ? issue.params?.['predicate'] : issue?.code}`;
}

const REQUIRED: [string, Scalar<unknown>][] = [
  ['text', text({ max: 5 })],
  ['id', id()],
  ['email', email()],
  ['url', url()],
  ['mobile', mobile()],
  ['date', date()],
  ['integer', integer({ max: 5 })],
  ['amount', amount()],
  ['bool', bool()],
  ['oneOf', oneOf(['buy', 'pay'])],
];
const BLANKS = [null, undefined, '', ' ', '\t\n', '\u3000'];

test.each(REQUIRED)('%s: nothing or white space is blank', (_name, scalar) => {
  for (const blank of BLANKS) expect(read(scalar, blank)).toBe("!can't be blank");
});

test.each<[string, Scalar<unknown>]>([
  ['text', text({ max: 5, absent: null })],
  ['id', id({ absent: null })],
  ['email', email({ absent: null })],
  ['url', url({ absent: null })],
  ['mobile', mobile({ absent: null })],
  ['date', date({ absent: null })],
  ['integer', integer({ max: 5, absent: null })],
  ['amount', amount({ absent: null })],
  ['bool', bool({ absent: null })],
  ['oneOf', oneOf(['buy', 'pay'], { absent: null })],
])('%s: where it may be absent, blank is null', (_name, scalar) => {
  for (const blank of [null, '', ' ', '\t\n']) expect(read(scalar, blank)).toBeNull();
});

test('blank reads as the default where there is one', () => {
  expect(read(text({ max: 20, absent: 'Reference 1' }), ' ')).toBe('Reference 1');
  expect(read(bool({ absent: true }), '')).toBe(true);
  expect(read(oneOf(['buy', 'pay'], { absent: 'pay' }), null)).toBe('pay');
});

test.each(REQUIRED)('%s: a list, an object or a file in its place is refused', (name, scalar) => {
  const expected: Record<string, string> = {
    integer: '!is not a number',
    amount: '!is not a number',
    bool: '!is not included in the list',
    oneOf: '!is not included in the list',
  };
  for (const container of [[], ['a'], {}, { a: '1' }, { file: new Blob(['x']) }]) {
    expect(read(scalar, container)).toBe(expected[name] ?? '!is invalid');
  }
});

test.each<[unknown, unknown]>([
  ['abc', 'abc'],
  [' a ', ' a '],
  ['12345', '12345'],
  ['123456', '!is too long (maximum is 5 characters)'],
  ['😀😀😀😀😀', '😀😀😀😀😀'],
  ['😀😀😀😀😀😀', '!is too long (maximum is 5 characters)'],
  [123, '123'],
  [true, 'true'],
  [0, '0'],
])('text of at most 5: %j reads %j', (raw, expected) => {
  expect(read(text({ max: 5 }), raw)).toBe(expected);
});

test.each<[unknown, unknown]>([
  [' inbmmepb ', 'inbmmepb'],
  [599, '599'],
  ['0pp87t_6', '0pp87t_6'],
])('id: %j reads %j', (raw, expected) => {
  expect(read(id(), raw)).toBe(expected);
});

test.each([
  ['api@billplz.com', 'api@billplz.com'],
  [' Api@Billplz.com\n', 'Api@Billplz.com'],
  ['a+b@c.d', 'a+b@c.d'],
  [`${'a'.repeat(243)}@billplz.com`, `${'a'.repeat(243)}@billplz.com`],
])('email: %j is one', (raw, expected) => {
  expect(read(email(), raw)).toBe(expected);
});

test.each([
  'a',
  'a@b',
  '@b.c',
  'a@b@c.d',
  'a@.',
  'a@b.',
  'a b@c.d',
  'a@b\n.c',
  `${'a'.repeat(244)}@billplz.com`,
])('email: %j is none', (raw) => {
  expect(read(email(), raw)).toBe('!is invalid');
});

test('a long run of dots is judged at once', () => {
  expect(read(email(), `a@${'.'.repeat(1_000_000)}@`)).toBe('!is invalid');
});

test.each<[unknown, unknown]>([
  [' https://example.com/a?b=c#d ', 'https://example.com/a?b=c#d'],
  ['http://example.com/redirect/', 'http://example.com/redirect/'],
  ['example.com', '!is invalid'],
  ['ftp://example.com', '!is invalid'],
  ['javascript:alert(1)', '!is invalid'],
  [`https://example.com/${'a'.repeat(2_028)}`, `https://example.com/${'a'.repeat(2_028)}`],
  [`https://example.com/${'a'.repeat(2_029)}`, '!is invalid'],
])('url: %.30j reads %.30j', (raw, expected) => {
  expect(read(url(), raw)).toBe(expected);
});

test.each<[unknown, unknown]>([
  ['+60112223333', '+60112223333'],
  ['60112223333', '+60112223333'],
  ['0112223333', '+60112223333'],
  ['0060112223333', '+60112223333'],
  ['+60 11-222 (3333)', '+60112223333'],
  ['011.222.3333', '+60112223333'],
  [60112223333, '+60112223333'],
  ['+65 9876 5432', '+6598765432'],
  ['123', '!is invalid'],
  ['+60', '!is invalid'],
  ['+601122233334444', '!is invalid'],
  ['+99912345678', '!is invalid'],
  ['++60112223333', '!is invalid'],
  ['+60112223333 ext 5', '!is invalid'],
  ['+60١١٢٢٢٣٣٣٣', '!is invalid'],
])('mobile: %j reads %j', (raw, expected) => {
  expect(read(mobile(), raw)).toBe(expected);
});

test.each([
  ['2020-12-31', '2020-12-31'],
  ['2015-3-9', '2015-03-09'],
  [' 2015-03-9 ', '2015-03-09'],
  ['2024-02-29', '2024-02-29'],
  ['2000-2-29', '2000-02-29'],
  ['1900-01-01', '1900-01-01'],
  ['2999-12-31', '2999-12-31'],
])('date: %j reads %j', (raw, expected) => {
  expect(read(date(), raw)).toBe(expected);
});

test.each([
  '2023-02-29',
  '1900-02-29',
  '2020-04-31',
  '2020-00-10',
  '2020-13-01',
  '2020-01-00',
  '2020-01-32',
  '1899-12-31',
  '3000-01-01',
  '20-01-01',
  '2020/01/01',
  '01-01-2020',
  '2020-1',
  '2020-001-01',
  '2020-01-01T00:00:00Z',
  '20200101',
  'today',
])('date: %j is none', (raw) => {
  expect(read(date(), raw)).toBe('!is invalid');
});

test.each<[unknown, unknown]>([
  [200, 200],
  ['200', 200],
  [' 200 ', 200],
  ['+200', 200],
  ['0200', 200],
  ['200.0', 200],
  ['200.', 200],
  [200.0, 200],
  ['2e2', 200],
  [AMOUNT_MAX, AMOUNT_MAX],
  [1, 1],
  ['abc', '!is not a number'],
  ['12a', '!is not a number'],
  ['0x10', '!is not a number'],
  ['1_000', '!is not a number'],
  ['1,000', '!is not a number'],
  ['.', '!is not a number'],
  ['e5', '!is not a number'],
  ['NaN', '!is not a number'],
  ['Infinity', '!is not a number'],
  [true, '!is not a number'],
  ['2.5', '!must be an integer'],
  [2.5, '!must be an integer'],
  ['.5', '!must be an integer'],
  ['5e-1', '!must be an integer'],
  ['0.99999999999999999999', '!must be an integer'],
  ['-0.5', '!must be an integer'],
  [0, '!must be greater than 0'],
  ['-0', '!must be greater than 0'],
  [-1, '!must be greater than 0'],
  ['-1e999', '!must be greater than 0'],
  [AMOUNT_MAX + 1, '!must be less than or equal to 99999999999'],
  ['1e999', '!must be less than or equal to 99999999999'],
  ['9'.repeat(400), '!must be less than or equal to 99999999999'],
])('amount: %.30j reads %j', (raw, expected) => {
  expect(read(amount(), raw)).toBe(expected);
});

test('a million digits and one letter are judged at once', () => {
  expect(read(amount(), `${'1'.repeat(1_000_000)}x`)).toBe('!is not a number');
});

test('an integer has its own ceiling', () => {
  expect([1, 100, 101].map((raw) => read(integer({ max: 100 }), raw))).toEqual([
    1,
    100,
    '!must be less than or equal to 100',
  ]);
});

test.each(['true', 't', '1', 'on', 'yes', 'TRUE', 'Yes', ' on ', 1, true])('bool: %j is true', (raw) => {
  expect(read(bool(), raw)).toBe(true);
});

test.each(['false', 'f', '0', 'off', 'no', 'FALSE', 'Off', 0, false])('bool: %j is false', (raw) => {
  expect(read(bool(), raw)).toBe(false);
});

test.each(['2', 'y', 'truee', 'null', -1, 1.5])('bool: %j is neither', (raw) => {
  expect(read(bool(), raw)).toBe('!is not included in the list');
});

test.each<[unknown, unknown]>([
  ['buy', 'buy'],
  [' pay ', 'pay'],
  ['Pay', '!is not included in the list'],
  ['toString', '!is not included in the list'],
])('oneOf: %j reads %j', (raw, expected) => {
  expect(read(oneOf(['buy', 'pay']), raw)).toBe(expected);
});

test.each<[unknown, number]>([
  [null, 1],
  ['', 1],
  ['1', 1],
  [2, 2],
  [' 3 ', 3],
  ['0', 1],
  ['-1', 1],
  ['1.5', 1],
  ['abc', 1],
  [['2'], 1],
  ['9'.repeat(50), 1_000_000_000],
])('page: %.20j is page %d', (raw, expected) => {
  expect(read(page(), raw)).toBe(expected);
});

test('what validates also says its JSON Schema', () => {
  const schemaOf = (scalar: Scalar<unknown>) => {
    const { $schema: _, ...schema } = jsonSchemaOf(scalar);
    return schema;
  };
  expect(schemaOf(text({ max: 20, absent: 'Reference 1' }))).toEqual({
    type: 'string',
    maxLength: 20,
    default: 'Reference 1',
  });
  expect(schemaOf(text({ max: 120, absent: null }))).toEqual({ type: 'string', maxLength: 120 });
  expect(schemaOf(amount())).toEqual({ type: 'integer', minimum: 1, maximum: 99_999_999_999 });
  expect(schemaOf(oneOf(['buy', 'pay'], { absent: 'pay' }))).toEqual({
    type: 'string',
    enum: ['buy', 'pay'],
    default: 'pay',
  });
  expect(schemaOf(mobile())).toEqual({ type: 'string', examples: ['+60112223333'] });
  expect(schemaOf(page())).toEqual({ type: 'integer', minimum: 1, default: 1 });
});
