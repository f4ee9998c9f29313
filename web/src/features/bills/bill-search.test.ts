import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBillSearch, withFilter, withText } from './bill-search.ts';

test('an address that nobody of us wrote opens the plain list', () => {
  expect(readBillSearch({ state: 'gone', q: {}, before: 'x', other: 1 })).toEqual({});
  expect(readBillSearch({ q: '   ', before: -3 })).toEqual({});
});

test('a bill id of digits alone is searched as text', () => {
  expect(readBillSearch({ q: 1234567812345678 })).toEqual({ q: '1234567812345678' });
});

test('another filter or text begins at the newest bill', () => {
  const deep = { state: 'due', q: 'ali', before: 41 } as const;
  expect(withFilter(deep, 'paid')).toEqual({ state: 'paid', q: 'ali' });
  expect(withFilter(deep, 'all')).toEqual({ q: 'ali' });
  expect(withText(deep, 'abu ')).toEqual({ state: 'due', q: 'abu' });
  expect(withText(deep, '')).toEqual({ state: 'due' });
});

test('reading what was read changes nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('state', 'q', 'before'), fc.anything()), (raw) => {
      const once = readBillSearch(raw);
      expect(readBillSearch({ ...once })).toEqual(once);
    }),
  );
});
