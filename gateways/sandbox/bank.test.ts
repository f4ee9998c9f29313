import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BankButton, PENDING_MS, pressed, SESSION_MS, settledBy } from './bank.ts';
import type { SandboxPayment } from './store.ts';

const START_MS = Date.UTC(2026, 10, 23, 2);

const opened: SandboxPayment = {
  id: `sbx_${'0'.repeat(32)}`,
  profileId: 1,
  merchantTransactionId: 'p1-b1-t1',
  amountMinor: 200,
  currency: 'MYR',
  bankCode: 'TEST0001',
  returnUrl: 'https://kekal.example/back',
  state: 'open',
  reason: null,
  due: { atMs: START_MS + SESSION_MS, state: 'abandoned' },
  notices: 0,
  createdAtMs: START_MS,
};

test('a page that nobody touches is abandoned at its end, not a millisecond before', () => {
  expect(settledBy(opened, START_MS + SESSION_MS - 1).state).toBe('open');
  expect(settledBy(opened, START_MS + SESSION_MS)).toMatchObject({ state: 'abandoned', due: null });
});

test('a payment left pending succeeds by itself 15 minutes after it became pending', () => {
  const pending = pressed(opened, 'pending', START_MS + 60_000);
  expect(pending).toMatchObject({ state: 'pending', due: { atMs: START_MS + 60_000 + PENDING_MS } });
  expect(settledBy(pending, START_MS + 60_000 + PENDING_MS - 1).state).toBe('pending');
  expect(settledBy(pending, START_MS + 60_000 + PENDING_MS)).toMatchObject({ state: 'paid', due: null });
});

test('pressing Pending again does not move the end of a pending payment', () => {
  const pending = pressed(opened, 'pending', START_MS);
  expect(pressed(pending, 'pending', START_MS + 60_000)).toEqual(pending);
});

test.each([
  ['success', 'paid', null],
  ['fail', 'failed', 'refused_by_payer'],
] as const)('%s ends an open, a pending and an abandoned payment', (button, state, reason) => {
  const pending = pressed(opened, 'pending', START_MS);
  const abandoned = settledBy(opened, START_MS + SESSION_MS);
  for (const before of [opened, pending, abandoned]) {
    expect(pressed(before, button, START_MS)).toMatchObject({ state, reason, due: null });
  }
});

test('what was due by then happens before the button is heard', () => {
  const pending = pressed(opened, 'pending', START_MS);
  expect(pressed(pending, 'fail', START_MS + PENDING_MS).state).toBe('paid');
});

test('no sequence of buttons and waits leaves paid or failed, or moves money back', () => {
  const step = fc.record({
    button: fc.constantFrom<BankButton | 'wait'>('success', 'fail', 'pending', 'wait'),
    waitMs: fc.integer({ min: 0, max: 2 * PENDING_MS }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let now = opened;
      let nowMs = START_MS;
      for (const { button, waitMs } of steps) {
        nowMs += waitMs;
        const after = button === 'wait' ? settledBy(now, nowMs) : pressed(now, button, nowMs);
        if (now.state === 'paid' || now.state === 'failed') expect(after).toEqual(now);
        if (after.due) expect(after.due.atMs).toBeGreaterThan(nowMs);
        expect(after.amountMinor).toBe(opened.amountMinor);
        now = after;
      }
    }),
  );
});
