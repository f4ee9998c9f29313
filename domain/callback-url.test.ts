import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHttpUrl, type RedirectPair, signedRedirectUrl } from './callback-url.ts';

test.each([
  'http://example.com/webhook/',
  'https://example.com',
  'HTTPS://Example.COM/a?b=c#d',
  ' https://example.com ',
  'http://127.0.0.1:8080/cb',
  'http://[::1]/',
  'http://user:secret@example.com/',
  'https://contoh.com/satu dua',
  'https://пример.рф/',
])('"%s" is an absolute http URL', (text) => {
  expect(isHttpUrl(text)).toBe(true);
});

test.each([
  '',
  ' ',
  'example.com/webhook',
  '/webhook',
  '//example.com',
  'http:example.com',
  'http:/example.com',
  'http://',
  'http:///path',
  'http://?a',
  'http://exa mple.com/',
  'http://example.com:99999/',
  'ftp://example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'https:\\\\example.com',
  'https://example.com\\@evil.com',
  'https://exam\nple.com/',
  'https://example.com/\u0000',
  'callback',
])('"%s" is none', (text) => {
  expect(isHttpUrl(text)).toBe(false);
});

test('no text makes the check throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof isHttpUrl(text)).toBe('boolean');
      expect(typeof isHttpUrl(`http://${text}`)).toBe('boolean');
    }),
  );
});

const PAIRS: RedirectPair[] = [
  ['billplz[id]', 'zq0tm2wc'],
  ['billplz[paid]', 'true'],
  ['billplz[paid_at]', '2018-09-27 15:15:09 +0800'],
];
const QUERY =
  'billplz%5Bid%5D=zq0tm2wc&billplz%5Bpaid%5D=true&billplz%5Bpaid_at%5D=2018-09-27%2015%3A15%3A09%20%2B0800';

test.each([
  ['https://shop.example/done', `https://shop.example/done?${QUERY}`],
  ['https://shop.example/done?', `https://shop.example/done?${QUERY}`],
  ['https://shop.example', `https://shop.example?${QUERY}`],
  ['https://shop.example/done?a=1&b=%20+x', `https://shop.example/done?a=1&b=%20+x&${QUERY}`],
  ['https://shop.example/done#top', `https://shop.example/done?${QUERY}#top`],
  ['https://shop.example/done?a=1#/route?x=y', `https://shop.example/done?a=1&${QUERY}#/route?x=y`],
  ['https://shop.example/done?a=1?b=2', `https://shop.example/done?a=1?b=2&${QUERY}`],
])('%s: own query and fragment survive', (base, expected) => {
  expect(signedRedirectUrl(base, PAIRS)).toBe(expected);
});

test.each([
  'billplz[id]=forged',
  'billplz%5Bpaid%5D=true',
  'billplz%5bpaid%5d=true',
  '%62illplz[x_signature]=x',
  'billplz[]',
  '+billplz[id]=1',
  'billplz[id]=1&billplz[id]=2',
])('an own pair %s is removed before ours are added', (own) => {
  expect(signedRedirectUrl(`https://s.example/?a=1&${own}&z=2`, PAIRS)).toBe(
    `https://s.example/?a=1&z=2&${QUERY}`,
  );
  expect(signedRedirectUrl(`https://s.example/?${own}`, PAIRS)).toBe(`https://s.example/?${QUERY}`);
});

test.each(['billplz=1', 'my_billplz[id]=1', 'a=billplz[id]', '%zz=1'])(
  'a pair like %s is not ours to remove',
  (own) => {
    expect(signedRedirectUrl(`https://s.example/?${own}`, PAIRS)).toBe(`https://s.example/?${own}&${QUERY}`);
  },
);

test('an empty value keeps its key', () => {
  expect(signedRedirectUrl('https://s.example/', [['billplz[paid_at]', '']])).toBe(
    'https://s.example/?billplz%5Bpaid_at%5D=',
  );
});

test('without pairs nothing is added', () => {
  expect(signedRedirectUrl('https://s.example/?billplz[id]=1#f', [])).toBe('https://s.example/#f');
});

test('whatever a value holds, a receiver decodes exactly that, and no character needs quoting in a page', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const url = signedRedirectUrl('https://s.example/?a=1', [['billplz[name]', value]]);
      expect(new URL(url).searchParams.get('billplz[name]')).toBe(value);
      expect(url).not.toMatch(/[\s"'<>()]/);
    }),
  );
});

test('half a surrogate pair is replaced, not thrown at the payer', () => {
  expect(signedRedirectUrl('https://s.example/', [['a', '\ud800']])).toBe('https://s.example/?a=%EF%BF%BD');
});
