import { expect, test } from 'vitest';
import { basicKey, bearerToken } from './basic-key.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['with its colon', `Basic ${base64('KEY:')}`],
  ['without a colon', `Basic ${base64('KEY')}`],
  ['with any password', `Basic ${base64('KEY:secret')}`],
  ['with a colon as password', `Basic ${base64('KEY::')}`],
  ['with a scheme in any case', `bAsIc ${base64('KEY:')}`],
  ['without padding', `Basic ${base64('KEY').replaceAll('=', '')}`],
  ['with spaces around the user name', `Basic ${base64('  KEY :x')}`],
  ['with spaces around the header', `  Basic   ${base64('KEY:')}  `],
])('a key is read %s', (_what, header) => {
  expect(basicKey(header)).toBe('KEY');
});

test('both alphabets of base64 are read', () => {
  const key = 'a?>b?>c~~';
  const standard = base64(key);
  expect(standard).toMatch(/[+/]/);
  expect(basicKey(`Basic ${standard}`)).toBe(key);
  expect(basicKey(`Basic ${standard.replaceAll('+', '-').replaceAll('/', '_')}`)).toBe(key);
});

test.each([
  undefined,
  '',
  'Basic',
  'Basic ',
  'Basic !!!',
  `Basic ${base64(':secret')}`,
  `Basic ${base64(' :')}`,
])('no key is read from %j', (header) => {
  expect(basicKey(header)).toBeUndefined();
});

test('a bearer token is no Basic key, nor the other way round', () => {
  expect(basicKey('Bearer abc')).toBeUndefined();
  expect(bearerToken(`Basic ${base64('KEY:')}`)).toBeUndefined();
  expect(bearerToken('bearer  abc')).toBe('abc');
});
