import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Param, type Params, ParamsError, type ParamsErrorCode } from './params.ts';
import { parseQuery, parseRackPairs, parseUrlEncoded, type RackPair } from './rack-params.ts';

/** Plain objects in place of those without prototype, to compare by value. */
function plain(value: Param): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item as Param)]));
}

function refusal(read: () => unknown): ParamsErrorCode | 'accepted' {
  try {
    read();
    return 'accepted';
  } catch (error) {
    if (error instanceof ParamsError) return error.code;
    throw error;
  }
}

/** What Rack's `build_nested_query` writes. */
function encodeRack(value: Param, prefix = ''): RackPair[] {
  if (Array.isArray(value)) return value.flatMap((item: Param) => encodeRack(item, `${prefix}[]`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) =>
      encodeRack(item as Param, prefix === '' ? name : `${prefix}[${name}]`),
    );
  }
  return [[prefix, value === null ? null : String(value)]];
}

function urlEncode(
  pairs: readonly RackPair[],
  escape: (text: string) => string = encodeURIComponent,
): string {
  return pairs
    .map(([name, value]) => (typeof value === 'string' ? `${escape(name)}=${escape(value)}` : escape(name)))
    .join('&');
}

test.each<[string, unknown]>([
  ['', {}],
  ['&&', {}],
  ['a', { a: null }],
  ['a=', { a: '' }],
  ['a=1', { a: '1' }],
  ['a=1=2', { a: '1=2' }],
  ['a=1&a=2', { a: '2' }],
  ['a=1&b=2&a=3', { a: '3', b: '2' }],
  ['=1', {}],
  ['a+b=c+d%2B', { 'a b': 'c d+' }],
  ['a[b]=1', { a: { b: '1' } }],
  ['a%5Bb%5D=1', { a: { b: '1' } }],
  ['a%5bb%5d=1', { a: { b: '1' } }],
  ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
  ['a[b]=1&a[b]=2', { a: { b: '2' } }],
  ['a[]=1', { a: ['1'] }],
  ['a[]=1&a[]=2&a[]=1', { a: ['1', '2', '1'] }],
  ['a[]=', { a: [''] }],
  ['a[]', { a: [null] }],
  ['a[][x]=1&a[][y]=2&a[][x]=3', { a: [{ x: '1', y: '2' }, { x: '3' }] }],
  ['a[][x]=1&a[][x]=2&a[][y]=3', { a: [{ x: '1' }, { x: '2', y: '3' }] }],
  ['a[][x][y]=1&a[][x][z]=2&a[][x][y]=3', { a: [{ x: { y: '1', z: '2' } }, { x: { y: '3' } }] }],
  ['a[][x]=1&a[][l][]=2&a[][l][]=3', { a: [{ x: '1', l: ['2', '3'] }] }],
  ['a[]=1&a[][x]=2&a[]=3', { a: ['1', { x: '2' }, '3'] }],
  ['a[][]=1&a[][]=2', { a: [['1'], ['2']] }],
  ['a[b][]=1&a[b][]=2', { a: { b: ['1', '2'] } }],
  ['[]=1', { '[]': '1' }],
  ['[a]=1', { '[a]': '1' }],
  ['a[=1', { 'a[': '1' }],
  ['a[b=1', { a: { '[b': '1' } }],
  ['a[b]c=1', { a: { b: { c: '1' } } }],
  ['a]=1', { 'a]': '1' }],
])('%s', (query, expected) => {
  expect(plain(parseQuery(query))).toEqual(expected);
});

test.each<[string, unknown]>([
  ['a[0][x]=1&a[0][y]=2&a[1][x]=3', { a: [{ x: '1', y: '2' }, { x: '3' }] }],
  ['a[1]=b&a[0]=a', { a: ['a', 'b'] }],
  ['a[10]=c&a[9]=b&a[5]=a', { a: ['a', 'b', 'c'] }],
  ['a[0][l][0]=1', { a: [{ l: ['1'] }] }],
  ['a[0]=1&a[x]=2', { a: { 0: '1', x: '2' } }],
  ['a[01]=1', { a: { '01': '1' } }],
  ['a[9999999999]=1', { a: { 9999999999: '1' } }],
  ['0=a&1=b', { 0: 'a', 1: 'b' }],
])('%s: a list by index', (query, expected) => {
  expect(plain(parseQuery(query))).toEqual(expected);
});

test('the rows of the seed: two recipients, each with its own fields', () => {
  const query =
    'split_payments[][email]=verified@account.com&split_payments[][fixed_cut]=100&split_payments[][variable_cut]=2&' +
    'split_payments[][stack_order]=0&split_payments[][email]=verified2@account.com&split_payments[][fixed_cut]=200&' +
    'split_payments[][variable_cut]=3&split_payments[][stack_order]=1';
  expect(plain(parseQuery(query))).toEqual({
    split_payments: [
      { email: 'verified@account.com', fixed_cut: '100', variable_cut: '2', stack_order: '0' },
      { email: 'verified2@account.com', fixed_cut: '200', variable_cut: '3', stack_order: '1' },
    ],
  });
});

test.each([
  'a=1&a[b]=2',
  'a[b]=2&a=1',
  'a=1&a[]=2',
  'a[]=2&a=1',
  'a[]=1&a[b]=2',
  'a[b]=1&a[]=2',
  'a[0]=1&a[]=2',
  'a&a[b]=1',
  'a[b]=1&a[b][c]=2',
  'a[b][c]=1&a[b][]=2',
  'a[][x]=1&a[][x][y]=2',
])('%s: one name, two shapes, is refused', (query) => {
  expect(refusal(() => parseQuery(query))).toBe('malformed');
});

test('a key that the last element has in another shape begins the next element, as in Rack', () => {
  expect(plain(parseQuery('a[][x][y]=1&a[][x]=2'))).toEqual({ a: [{ x: { y: '1' } }, { x: '2' }] });
});

test('__proto__ and constructor are names like any other', () => {
  const params = parseQuery('__proto__[polluted]=1&constructor[prototype][polluted]=2&a[__proto__]=3');
  expect(Object.keys(params)).toEqual(['__proto__', 'constructor', 'a']);
  expect(plain(params['constructor'] as Param)).toEqual({ prototype: { polluted: '2' } });
  expect(Object.getPrototypeOf(params)).toBeNull();
  expect(Object.getPrototypeOf(params['a'])).toBeNull();
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each([
  ['a=%', 'unparseable'],
  ['a=%4', 'unparseable'],
  ['a=%4g', 'unparseable'],
  ['%zz=1', 'unparseable'],
  ['a=50% off', 'unparseable'],
  ['a=%ff', 'not_utf8'],
  ['a=%c3', 'not_utf8'],
  ['a=%c3%28', 'not_utf8'],
  ['a=%ed%a0%80', 'not_utf8'],
  ['a=%c0%80', 'not_utf8'],
  ['%ff=1', 'not_utf8'],
  ['a=%00', 'not_utf8'],
  ['a%00b=1', 'not_utf8'],
])('%s is %s', (query, code) => {
  expect(refusal(() => parseQuery(query))).toBe(code);
});

test('raw bytes that are no UTF-8 are refused, those that are need no escaping', () => {
  expect(refusal(() => parseUrlEncoded(new Uint8Array([0x61, 0x3d, 0xff])))).toBe('not_utf8');
  expect(plain(parseUrlEncoded(new TextEncoder().encode('nama=Tan Sri É 😀')))).toEqual({
    nama: 'Tan Sri É 😀',
  });
  expect(plain(parseQuery('a=%F0%9F%98%80%EF%BB%BF'))).toEqual({ a: '😀\ufeff' });
});

test('1,000 parameters are read, 1,001 are too many', () => {
  const query = (count: number) => Array.from({ length: count }, (_, i) => `a${i}=1`).join('&');
  expect(Object.keys(parseQuery(query(1_000)))).toHaveLength(1_000);
  expect(refusal(() => parseQuery(query(1_001)))).toBe('too_large');
  expect(refusal(() => parseQuery('a=1&'.repeat(1_001)))).toBe('too_large');
  expect(refusal(() => parseQuery('&'.repeat(5_000)))).toBe('accepted');
});

test('eight levels are read, nine are too deep', () => {
  expect(refusal(() => parseQuery(`a${'[b]'.repeat(7)}=1`))).toBe('accepted');
  expect(refusal(() => parseQuery(`a${'[b]'.repeat(8)}=1`))).toBe('too_large');
  expect(refusal(() => parseQuery(`a${'[]'.repeat(7)}=1`))).toBe('accepted');
  expect(refusal(() => parseQuery(`a${'[]'.repeat(8)}=1`))).toBe('too_large');
  expect(refusal(() => parseQuery(`a${'['.repeat(100_000)}=1`))).toBe('accepted');
  expect(refusal(() => parseQuery(`a${'[]'.repeat(100_000)}=1`))).toBe('too_large');
});

test('a file part of a multipart form nests like text', () => {
  const file = { file: new Blob(['x']) };
  const params = parseRackPairs([
    ['a[logo]', file],
    ['a[title]', 't'],
  ]);
  expect((params['a'] as Params)['logo']).toBe(file);
  expect(
    refusal(() =>
      parseRackPairs([
        ['a', file],
        ['a[b]', 'x'],
      ]),
    ),
  ).toBe('malformed');
});

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
  .map((text) => `k${text.replace(/[[\]\0]/g, '')}`);
const anyText = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
/** All that Rack's names can say: objects in a list share all keys, so that the next element is seen to begin. */
const anyParams = fc.letrec<{ value: Param; object: Params; row: Params; list: Param[] }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, anyText, tie('object'), tie('list')),
  object: fc.dictionary(anyName, tie('value'), { minKeys: 1, maxKeys: 4 }),
  row: fc.dictionary(anyName, anyText, { maxKeys: 4 }).map((fields) => ({ first: '1', ...fields })),
  list: fc.oneof(
    fc.array(anyText, { minLength: 1, maxLength: 4 }),
    fc.array(tie('row'), { minLength: 1, maxLength: 4 }),
  ),
})).object;

test('whatever is written by the rules of Rack is read back the same, brackets escaped or not', () => {
  const loose = { parameters: 1e6, depth: 1e3 };
  fc.assert(
    fc.property(anyParams, (params) => {
      const pairs = encodeRack(params);
      const bare = (text: string) => encodeURIComponent(text).replaceAll('%5B', '[').replaceAll('%5D', ']');
      expect(plain(parseRackPairs(pairs, loose))).toEqual(plain(params));
      expect(plain(parseQuery(urlEncode(pairs), loose))).toEqual(plain(params));
      expect(plain(parseQuery(urlEncode(pairs, bare), loose))).toEqual(plain(params));
    }),
  );
});

test('no bytes make the parser throw anything but its own four errors', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'a',
          'b',
          '[',
          ']',
          '[]',
          '=',
          '&',
          '%5B',
          '%5D',
          '%',
          '0',
          '+',
          '\0',
          'é',
          '__proto__',
        ),
      )
      .map((list) => new TextEncoder().encode(list.join(''))),
  );
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(['accepted', 'malformed', 'not_utf8', 'unparseable', 'too_large']).toContain(
        refusal(() => parseUrlEncoded(bytes)),
      );
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['flat', (i: number) => `a${i}`],
  ['the same name', () => 'a'],
  ['one list', () => 'a[]'],
  ['one list of rows', (i: number) => `a[][k${i % 3}]`],
  ['rows that each begin anew', () => 'a[][x]'],
  ['one row that grows', (i: number) => `a[][k${i}]`],
  ['deep rows', (i: number) => `a[][b][c][d][e][k${i}]`],
  ['by index', (i: number) => `a[${i}][x]`],
  ['lists in rows', () => 'a[][l][]'],
])('%s: twice the input costs at most about twice the steps', (_what, nameOf) => {
  const stepsFor = (count: number): number => {
    const meter = { steps: 0 };
    const pairs = Array.from({ length: count }, (_, i): RackPair => [nameOf(i), '1']);
    parseRackPairs(pairs, { parameters: count, depth: 8 }, meter);
    return meter.steps;
  };
  const base = stepsFor(2_000);
  expect(base).toBeLessThanOrEqual(2_000 * 20);
  expect(stepsFor(4_000)).toBeLessThanOrEqual(2 * base + 20);
});
