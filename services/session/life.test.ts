import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABSOLUTE_MS, IDLE_MS, laterEndMs, sessionEndMs } from './life.ts';

test('a session never outlives its absolute end, however often it is used', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: IDLE_MS - 1 }), { maxLength: 200 }), (pauses) => {
      let nowMs = 0;
      let expiresAtMs = sessionEndMs(0, 0);
      for (const pause of pauses) {
        nowMs += pause;
        if (nowMs >= expiresAtMs) break;
        expiresAtMs = laterEndMs({ createdAtMs: 0, expiresAtMs }, nowMs) ?? expiresAtMs;
        expect(expiresAtMs).toBeLessThanOrEqual(ABSOLUTE_MS);
        expect(expiresAtMs).toBeLessThanOrEqual(nowMs + IDLE_MS);
      }
    }),
  );
});

test('requests in quick succession write the end once', () => {
  const session = { createdAtMs: 0, expiresAtMs: sessionEndMs(0, 0) };
  expect(laterEndMs(session, 60_000)).toBeNull();
  expect(laterEndMs(session, 10 * 60_000)).toBe(10 * 60_000 + IDLE_MS);
});
