import { expect, test } from 'vitest';
import { holdsCardData } from './holds-card-data.ts';
import { parseQuery } from './rack-params.ts';

test.each([
  'a=4111111111111111',
  'a[]=x&a[]=4111+1111+1111+1111',
  'a[b][][c]=x4111-1111-1111-1111',
  'a[0]=4111111111111111',
])('a card number is found in %s', (query) => {
  expect(holdsCardData(parseQuery(query))).toBe(true);
});

test('a JSON number is looked at like a text', () => {
  expect(holdsCardData({ amount: 4111111111111111 })).toBe(true);
  expect(holdsCardData({ amount: 4111111111111112 })).toBe(false);
});

test('an exempt name is exempt at the outermost level alone', () => {
  const exempt = ['mobile'];
  expect(holdsCardData(parseQuery('mobile=4111111111111111'), exempt)).toBe(false);
  expect(holdsCardData(parseQuery('a[mobile]=4111111111111111'), exempt)).toBe(true);
});

test('a file is not a text', () => {
  expect(holdsCardData({ logo: { file: new Blob(['4111111111111111']) } })).toBe(false);
});
