import { expect, test } from 'vitest';
import { isFromOurPage, isPrefetch } from './same-site.ts';

const OURS = 'https://kekal.example';

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site', origin: OURS }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'null' }, false],
  [{ origin: OURS }, true],
  [{ origin: 'https://evil.example' }, false],
  [{ origin: 'https://kekal.example.evil.example' }, false],
  [{ origin: 'null' }, true],
  [{}, true],
] as const)('a form with %j is from our page: %s', (headers, ours) => {
  expect(isFromOurPage(new Headers(headers), OURS)).toBe(ours);
});

test('a browser that fetches ahead of its user is recognised', () => {
  const ahead = [
    { 'Sec-Purpose': 'prefetch;prerender' },
    { Purpose: 'prefetch' },
    { 'sec-purpose': 'prefetch' },
  ];
  expect(ahead.map((headers) => isPrefetch(new Headers(headers as Record<string, string>)))).toEqual([
    true,
    true,
    true,
  ]);
  expect(isPrefetch(new Headers({ 'sec-fetch-mode': 'navigate' }))).toBe(false);
});
