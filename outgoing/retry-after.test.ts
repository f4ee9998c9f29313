import { expect, test } from 'vitest';
import { parseRetryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 2);

test.each<[string | undefined, number | undefined]>([
  ['120', 120_000],
  [' 0 ', 0],
  ['Mon, 23 Nov 2026 02:01:00 GMT', 60_000],
  ['Mon, 23 Nov 2026 01:00:00 GMT', 0],
  [undefined, undefined],
  ['', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2026', 2_026_000],
  ['2026-11-23', undefined],
  ['99999999999', undefined],
  ['never GMT', undefined],
])('"%s" asks for %d ms', (header, expected) => {
  expect(parseRetryAfterMs(header, NOW_MS)).toBe(expected);
});
