import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AskKind,
  nextAskMs,
  type PaymentEvent,
  type PaymentState,
  paymentStep,
  UNKNOWN_SETTLES_AFTER_MS,
} from './payment.ts';

const EVENTS: PaymentEvent[] = ['approved', 'declined', 'not_found', 'abandoned'];
const KINDS: AskKind[] = ['unknown_outcome', 'short_pending', 'long_pending'];
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SINCE_MS = Date.UTC(2026, 10, 23, 2);

/** The first `count` asks after the attempt, each made on time. */
function asks(kind: AskKind, count: number): number[] {
  const offsets: number[] = [];
  let nowMs = SINCE_MS;
  for (let i = 0; i < count; i += 1) {
    nowMs = nextAskMs({ sinceMs: SINCE_MS, nowMs, kind });
    offsets.push(nowMs - SINCE_MS);
  }
  return offsets;
}

test.each<[PaymentState, PaymentEvent, ReturnType<typeof paymentStep>]>([
  ['pending', 'approved', { kind: 'moves', to: 'completed' }],
  ['pending', 'declined', { kind: 'moves', to: 'failed' }],
  ['pending', 'not_found', { kind: 'moves', to: 'failed' }],
  ['pending', 'abandoned', { kind: 'moves', to: 'failed' }],
  ['completed', 'approved', { kind: 'stays' }],
  ['completed', 'declined', { kind: 'contradicts' }],
  ['completed', 'not_found', { kind: 'contradicts' }],
  ['completed', 'abandoned', { kind: 'stays' }],
  ['failed', 'approved', { kind: 'moves', to: 'completed' }],
  ['failed', 'declined', { kind: 'stays' }],
  ['failed', 'not_found', { kind: 'stays' }],
  ['failed', 'abandoned', { kind: 'stays' }],
])('%s + %s', (from, event, step) => {
  expect(paymentStep(from, event)).toEqual(step);
});

test('whatever the gateway says in whatever order, one approval means completed for ever', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
      let state: PaymentState = 'pending';
      for (const event of events) {
        const step = paymentStep(state, event);
        if (step.kind === 'moves') state = step.to;
        // A doubled notice changes nothing.
        expect(paymentStep(state, event).kind).not.toBe('moves');
      }
      expect(state === 'completed').toBe(events.includes('approved'));
    }),
  );
});

test.each<AskKind>(['unknown_outcome', 'short_pending'])(
  '%s: asked after 10 s, 30 s, 1, 2, 5, 15, 30 min, then hourly',
  (kind) => {
    expect(asks(kind, 10)).toEqual([
      10 * SECOND,
      30 * SECOND,
      MINUTE,
      2 * MINUTE,
      5 * MINUTE,
      15 * MINUTE,
      30 * MINUTE,
      30 * MINUTE + HOUR,
      30 * MINUTE + 2 * HOUR,
      30 * MINUTE + 3 * HOUR,
    ]);
  },
);

test('an unknown outcome settles with the ask at 30 minutes', () => {
  expect(asks('unknown_outcome', 7).at(-1)).toBe(UNKNOWN_SETTLES_AFTER_MS);
});

test('long pending: hourly for a day, then every 6 h for 7 days, then daily', () => {
  const offsets = asks('long_pending', 24 + 28 + 2);
  expect(offsets.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, i) => (i + 1) * HOUR));
  expect(offsets.slice(24, 52)).toEqual(Array.from({ length: 28 }, (_, i) => DAY + (i + 1) * 6 * HOUR));
  expect(offsets.slice(52)).toEqual([9 * DAY, 10 * DAY]);
});

test('after an outage the next ask is the next of the plan, not those that were missed', () => {
  const nowMs = SINCE_MS + 3 * MINUTE;
  expect(nextAskMs({ sinceMs: SINCE_MS, nowMs, kind: 'unknown_outcome' })).toBe(SINCE_MS + 5 * MINUTE);
  expect(nextAskMs({ sinceMs: SINCE_MS, nowMs: SINCE_MS + 20 * DAY + 1, kind: 'long_pending' })).toBe(
    SINCE_MS + 21 * DAY,
  );
});

test('the next ask is always ahead, and at most a period away', () => {
  fc.assert(
    fc.property(fc.integer({ min: -HOUR, max: 400 * DAY }), fc.constantFrom(...KINDS), (ageMs, kind) => {
      const nowMs = SINCE_MS + ageMs;
      const next = nextAskMs({ sinceMs: SINCE_MS, nowMs, kind });
      expect(next).toBeGreaterThan(nowMs);
      expect(next).toBeGreaterThan(SINCE_MS);
      if (ageMs >= 0) expect(next - nowMs).toBeLessThanOrEqual(DAY);
    }),
  );
});
