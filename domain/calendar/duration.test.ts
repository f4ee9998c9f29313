import { expect, test } from 'vitest';
import { afterDuration, instantMs } from './duration.ts';

const KL = 'Asia/Kuala_Lumpur';
const at = (iso: string) => Date.parse(iso);

test.each([
  ['PT15M', '2026-01-31T00:15:00+08:00'],
  ['P1D', '2026-02-01T00:00:00+08:00'],
  ['P1M', '2026-02-28T00:00:00+08:00'],
  ['P1Y2M3DT4H5M6.5S', '2027-04-03T04:05:06.5+08:00'],
  ['P1W', '2026-02-07T00:00:00+08:00'],
  ['PT0S', '2026-01-31T00:00:00+08:00'],
  ['-PT1H', '2026-01-30T23:00:00+08:00'],
])('%s after midnight of 31 January is %s', (duration, then) => {
  expect(afterDuration(KL, at('2026-01-31T00:00:00+08:00'), duration)).toBe(at(then));
});

test('a day is a day of the zone, not 24 hours', () => {
  expect(afterDuration('Europe/Berlin', at('2026-03-28T12:00:00+01:00'), 'P1D')).toBe(
    at('2026-03-29T12:00:00+02:00'),
  );
});

test.each(['', '1D', 'P', 'PT', 'P1X', '15 minutes', 'P999999999Y'])('%j is no duration', (text) => {
  expect(afterDuration(KL, 0, text)).toBeNull();
});

test('an instant names its offset', () => {
  expect(instantMs('2026-11-23T17:00:00+08:00')).toBe(at('2026-11-23T09:00:00Z'));
  expect(instantMs('2026-11-23T09:00:00.123Z')).toBe(at('2026-11-23T09:00:00.123Z'));
});

test.each(['', '2026-11-23', '2026-11-23T17:00:00', '2026-13-01T00:00:00Z', 'tomorrow'])(
  '%j is no instant',
  (text) => {
    expect(instantMs(text)).toBeNull();
  },
);
