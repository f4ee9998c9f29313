import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeParams, parseJsonBody } from './merge-params.ts';
import { ParamsError, type ParamsErrorCode } from './params.ts';
import { parseQuery } from './rack-params.ts';

const json = (text: string) => parseJsonBody(new TextEncoder().encode(text));

function refusal(read: () => unknown): ParamsErrorCode | 'accepted' {
  try {
    read();
    return 'accepted';
  } catch (error) {
    if (error instanceof ParamsError) return error.code;
    throw error;
  }
}

test('the body wins over the query, the path over both, whole parameters at a time', () => {
  const merged = mergeParams({
    query: parseQuery('a=q&b[x]=q&b[y]=q&id=q&c=q'),
    body: parseQuery('a=b&b[x]=b&id=b'),
    path: { id: 'p' },
  });
  expect(merged).toEqual({ a: 'b', b: { x: 'b' }, c: 'q', id: 'p' });
});

test('everything may stand in the query', () => {
  expect(mergeParams({ query: parseQuery('amount=200'), body: json('') })).toEqual({ amount: '200' });
});

test('a merged tree has no prototype', () => {
  const merged = mergeParams({ query: parseQuery('__proto__=1'), body: json('{"__proto__":{"x":1}}') });
  expect(Object.getPrototypeOf(merged)).toBeNull();
  expect(Object.keys(merged)).toEqual(['__proto__']);
  expect(merged['toString']).toBeUndefined();
});

test('query and body together are held to the limit', () => {
  const many = (count: number, name: string) =>
    parseQuery(Array.from({ length: count }, (_, i) => `${name}${i}=1`).join('&'));
  expect(refusal(() => mergeParams({ query: many(600, 'q'), body: many(400, 'b') }))).toBe('accepted');
  expect(refusal(() => mergeParams({ query: many(600, 'q'), body: many(401, 'b') }))).toBe('too_large');
});

test('a file counts as one value', () => {
  const merged = mergeParams(
    { query: {}, body: { logo: { file: new Blob(['x']) } } },
    { parameters: 1, depth: 8 },
  );
  expect(Object.keys(merged)).toEqual(['logo']);
});

test('JSON keeps what was sent: numbers, booleans, null, lists, objects', () => {
  expect(json('{"a":1,"b":"1","c":true,"d":null,"e":[1,{"f":"x"}],"g":{},"h":1.50}')).toEqual({
    a: 1,
    b: '1',
    c: true,
    d: null,
    e: [1, { f: 'x' }],
    g: {},
    h: 1.5,
  });
});

test('a number with more digits than a number keeps stays the text that was sent', () => {
  expect(json('{"acc_no":12345678901234567890,"id":[820808062202]}')).toEqual({
    acc_no: '12345678901234567890',
    id: [820808062202],
  });
});

test.each([
  ['', 'accepted'],
  [' \n', 'accepted'],
  ['{}', 'accepted'],
  ['[]', 'unparseable'],
  ['1', 'unparseable'],
  ['null', 'unparseable'],
  ['"a"', 'unparseable'],
  ['{', 'unparseable'],
  ['{"a":1,}', 'unparseable'],
  ['a=1', 'unparseable'],
  ['{"a":"\\u0000"}', 'not_utf8'],
  ['{"a\\u0000":1}', 'not_utf8'],
  ['{"a":"\\ud800"}', 'not_utf8'],
  ['{"a":"\\ud83d\\ude00"}', 'accepted'],
  ['{"a":"[[[[[[[[[[[[\\"{{{{{{{{{{"}', 'accepted'],
  [`{"a":${'['.repeat(7)}1${']'.repeat(7)}}`, 'accepted'],
  [`{"a":${'['.repeat(8)}1${']'.repeat(8)}}`, 'too_large'],
  [`{"a":${'['.repeat(200_000)}`, 'too_large'],
  [`{"a":[${'1,'.repeat(999)}1]}`, 'accepted'],
  [`{"a":[${'1,'.repeat(1_000)}1]}`, 'too_large'],
  [`{"a":[${'{},'.repeat(1_000)}{}]}`, 'too_large'],
])('%.40s is %s', (text, code) => {
  expect(refusal(() => json(text))).toBe(code);
});

test('bytes that are no UTF-8 are refused before they are parsed', () => {
  expect(refusal(() => parseJsonBody(new Uint8Array([0x7b, 0xff, 0x7d])))).toBe('not_utf8');
});

test('no text makes the reader throw anything but its own errors', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (input) => {
      const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
      expect(typeof refusal(() => parseJsonBody(bytes))).toBe('string');
    }),
  );
});
