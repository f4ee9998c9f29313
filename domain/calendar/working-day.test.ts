import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countingDay, isWorkingDay, verificationDueMs } from './working-day.ts';

const CSV = new URL('../../db/migrations/20261121-0500-holidays-my-kl.csv', import.meta.url);
const holidays = new Set(
  readFileSync(CSV, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 10)),
);

const kl = (text: string) => Date.parse(`${text}:00+08:00`);

test('working days are Monday to Friday less public holidays, substitutes included', () => {
  expect(isWorkingDay('2026-11-23', holidays)).toBe(true);
  expect(isWorkingDay('2026-11-22', holidays)).toBe(false);
  expect(isWorkingDay('2026-11-09', holidays)).toBe(false);
  expect(isWorkingDay('2025-09-15', holidays)).toBe(false);
});

test.for([
  ['2026-11-23T10:00', '2026-11-23', 'a working morning counts itself'],
  ['2026-11-23T16:59', '2026-11-23', 'one minute before the cut-off'],
  ['2026-11-23T17:00', '2026-11-24', 'the cut-off itself is too late'],
  ['2026-11-27T18:00', '2026-11-30', 'Friday evening'],
  ['2026-11-28T12:00', '2026-11-30', 'a Saturday'],
  ['2026-11-08T10:00', '2026-11-10', 'a Sunday before a holiday'],
  ['2026-11-09T10:00', '2026-11-10', 'a holiday'],
] as const)('%s counts from %s: %s', ([accepted, counted]) => {
  expect(countingDay(kl(accepted), holidays)).toBe(counted);
});

test.for([
  ['2026-11-23T10:00', '2026-11-26T09:00'],
  ['2026-11-23T17:00', '2026-11-27T09:00'],
  ['2026-11-26T18:00', '2026-12-02T09:00'],
  ['2026-11-28T12:00', '2026-12-03T09:00'],
  ['2026-11-06T10:00', '2026-11-12T09:00'],
  ['2026-12-23T10:00', '2026-12-29T09:00'],
] as const)('an account registered at %s is due at %s', ([registered, due]) => {
  expect(new Date(verificationDueMs(kl(registered), holidays)).toISOString()).toBe(
    new Date(kl(due)).toISOString(),
  );
});

/** The same rule told another way: walk hour by hour in UTC+8, which Kuala Lumpur has had all these years. */
function simulated(registeredAtMs: number): number {
  const HOUR = 3_600_000;
  const local = (ms: number) => new Date(ms + 8 * HOUR);
  const dayOf = (ms: number) => local(ms).toISOString().slice(0, 10);
  const open = (ms: number) => ![0, 6].includes(local(ms).getUTCDay()) && !holidays.has(dayOf(ms));
  let at = registeredAtMs;
  if (local(at).getUTCHours() >= 17) at += 24 * HOUR;
  while (!open(at)) at += 24 * HOUR;
  for (let days = 0; days < 3; ) {
    at += 24 * HOUR;
    if (open(at)) days += 1;
  }
  return Date.parse(`${dayOf(at)}T09:00:00+08:00`);
}

test('10,000 random instants over 2025 to 2027 agree with a day-by-day simulation', () => {
  const instant = fc.integer({ min: kl('2025-01-01T00:00'), max: kl('2027-12-20T00:00') });
  fc.assert(
    fc.property(instant, (at) => {
      expect(verificationDueMs(at, holidays)).toBe(simulated(at));
    }),
    { numRuns: 10_000 },
  );
});

test('one more holiday never makes an account due earlier', () => {
  const instant = fc.integer({ min: kl('2026-01-01T00:00'), max: kl('2026-11-01T00:00') });
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 20 }), (at, later) => {
      const extra = new Date(at + later * 86_400_000).toISOString().slice(0, 10);
      const withExtra = verificationDueMs(at, new Set([...holidays, extra]));
      expect(withExtra).toBeGreaterThanOrEqual(verificationDueMs(at, holidays));
    }),
  );
});

test('a calendar without any working day is refused instead of searched for ever', () => {
  const closed = { has: () => true } as unknown as ReadonlySet<string>;
  expect(() => countingDay(kl('2026-11-23T18:00'), closed)).toThrow(RangeError);
});
