import { expect, test } from 'vitest';
import { dayIn, endOfDayMs, isoIn, isTimeZone, stampIn } from './zone.ts';

const KL = 'Asia/Kuala_Lumpur';

test('a day begins at the zone’s midnight', () => {
  expect(dayIn(KL, Date.parse('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20');
  expect(dayIn(KL, Date.parse('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
});

test('a day ends where the next one begins, also across a change of clocks', () => {
  expect(endOfDayMs(KL, '2026-11-20')).toBe(Date.parse('2026-11-20T16:00:00Z'));
  expect(endOfDayMs('America/New_York', '2026-03-08')).toBe(Date.parse('2026-03-09T04:00:00Z'));
});

test('paid_at is written as in the seed: date, time, offset without colon, seconds cut', () => {
  expect(stampIn(KL, Date.parse('2018-09-27T07:15:09.999Z'))).toBe('2018-09-27 15:15:09 +0800');
  expect(stampIn('America/St_Johns', Date.parse('2026-01-01T00:00:00Z'))).toBe('2025-12-31 20:30:00 -0330');
});

test('completed_at keeps three decimals and a colon in the offset', () => {
  expect(isoIn(KL, Date.parse('2017-02-23T04:49:23.612Z'))).toBe('2017-02-23T12:49:23.612+08:00');
  expect(isoIn(KL, Date.parse('2017-02-23T04:49:23Z'))).toBe('2017-02-23T12:49:23.000+08:00');
});

test('an unknown zone is told apart', () => {
  expect(isTimeZone(KL)).toBe(true);
  expect(isTimeZone('Asia/Nowhere')).toBe(false);
});
