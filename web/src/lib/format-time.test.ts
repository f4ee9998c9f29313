import { expect, test } from 'vitest';
import { formatDay, formatInstant, formatTook, formatWait } from './format-time.ts';
import { en } from './strings/en.ts';
import { ms } from './strings/ms.ts';

const KL = { timeZone: 'Asia/Kuala_Lumpur', language: 'en' } as const;

test('an instant is shown in the zone of the profile, whatever the zone of the browser', () => {
  expect(formatInstant(Date.UTC(2026, 10, 20, 16, 5, 7), KL, true)).toBe('21 Nov 2026, 00:05:07');
});

test('a calendar day stays that day in every zone', () => {
  expect(formatDay('2026-11-21', 'en')).toBe('21 Nov 2026');
});

test.each([
  [0, '0 s'],
  [400, '1 s'],
  [59_000, '59 s'],
  [60_000, '1 min'],
  [723_000, '12 min 3 s'],
  [3_600_000, '1 h'],
  [3_605_000, '1 h'],
  [97_200_000, '1 d 3 h'],
])('a wait of %i ms is shown by its two largest parts', (waitMs, shown) => {
  expect(formatWait(waitMs, en)).toBe(shown);
});

test('a wait is shown in Malay too', () => {
  expect(formatWait(97_200_000, ms)).toBe('1 hari 3 jam');
});

test('a call that hangs for 20 s is not shown as 20000 ms', () => {
  expect(formatTook(340, en)).toBe('340 ms');
  expect(formatTook(20_000, en)).toBe('20.0 s');
});
