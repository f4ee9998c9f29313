import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SignableParams, xSignatureSource } from './x-signature.ts';

test('keys of nested values are joined without brackets', () => {
  expect(xSignatureSource({ billplz: { id: 'zq0tm2wc', paid: 'true' } })).toBe(
    'billplzidzq0tm2wc|billplzpaidtrue',
  );
});

test('a list of hashes repeats its prefix', () => {
  const params = {
    c: [
      { id: 'a', title: 't' },
      { id: 'b', title: 't x 2' },
    ],
    page: 1,
  };
  expect(xSignatureSource(params)).toBe('cida|cidb|ctitlet|ctitlet x 2|page1');
});

test('a list of texts repeats its key; an empty list or hash says nothing', () => {
  expect(xSignatureSource({ a: ['y', 'x'], b: [], c: {} })).toBe('ax|ay');
});

test('null is empty text and the key stays', () => {
  expect(xSignatureSource({ mobile: null, name: '', x: undefined })).toBe('mobile|name|x');
});

test('numbers and booleans count as they print', () => {
  expect(xSignatureSource({ amount: 100, paid: true, count: 0 })).toBe('amount100|count0|paidtrue');
});

test('the signature is left out at any depth, and only that', () => {
  const params = { id: '1', x_signature: 's', billplz: { x_signature: 's', id: '2' }, x_signatures: 'kept' };
  expect(xSignatureSource(params)).toBe('billplzid2|id1|x_signatureskept');
});

test('the checksum of a card callback is left out by its own name', () => {
  expect(xSignatureSource({ id: '1', checksum: 'c', x_signature: 'kept' }, 'checksum')).toBe(
    'id1|x_signaturekept',
  );
});

test('comparison knows no locale: a- before a1 before a_ before az', () => {
  expect(xSignatureSource({ az: '', a_: '', a1: '', 'a-': '' })).toBe('a-|a1|a_|az');
});

test('comparison ignores case: aa before aB', () => {
  expect(xSignatureSource({ aB: '', aa: '' })).toBe('aa|aB');
});

test('folding is to lower case: an underscore comes before letters', () => {
  // Upper-cased letters would come before `_`.
  expect(xSignatureSource({ paid_at: '', paidtrue: '' })).toBe('paid_at|paidtrue');
});

test('elements that differ only in case are ordered by their original bytes', () => {
  expect(xSignatureSource({ b: 'x', B: 'x', bX: '' })).toBe('Bx|bX|bx');
});

test('whole elements are sorted, not keys: a value can change the order', () => {
  expect(xSignatureSource({ a: 'z', ab: 'a' })).toBe('aba|az');
  expect(xSignatureSource({ a: 'a', ab: 'a' })).toBe('aa|aba');
});

test('text beyond the basic plane sorts by code point', () => {
  expect(xSignatureSource({ k: ['\u{1f600}', '\uff5e', 'z'] })).toBe('kz|k\uff5e|k\u{1f600}');
});

test('__proto__ is a key like any other', () => {
  expect(xSignatureSource(JSON.parse('{"__proto__":"p","a":"1"}') as SignableParams)).toBe('__proto__p|a1');
});

test('the order in which parameters come does not matter', () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([key]) => key });
  fc.assert(
    fc.property(pairs, (list) => {
      const forward = Object.fromEntries(list.filter(([key]) => key !== '__proto__'));
      const backward = Object.fromEntries(Object.entries(forward).reverse());
      expect(xSignatureSource(forward)).toBe(xSignatureSource(backward));
    }),
  );
});
