import { expect, test } from 'vitest';
import { MAIL_TRIES_MAX, nextMailTry } from './mail-tries.ts';

const MINUTE_MS = 60_000;

test('a mail is tried five times, at once and then 1, 5, 30 and 120 minutes after the try before', () => {
  let lastAtMs = 1_000;
  const gaps: number[] = [];
  for (let made = 0; ; made += 1) {
    const next = nextMailTry(made, lastAtMs);
    if (!next) break;
    expect(next.number).toBe(made + 1);
    gaps.push((next.dueMs - lastAtMs) / MINUTE_MS);
    lastAtMs = next.dueMs;
  }
  expect(gaps).toEqual([0, 1, 5, 30, 120]);
  expect(gaps).toHaveLength(MAIL_TRIES_MAX);
});
