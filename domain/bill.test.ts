import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BILL_LIFE_MS,
  type BillEvent,
  type BillStanding,
  type BillState,
  billStanding,
  billStep,
  isExpired,
  shownState,
} from './bill.ts';

const STANDINGS: BillStanding[] = ['due', 'expired', 'deleted', 'paid'];
const EVENTS: BillEvent[] = ['start_payment', 'payment_succeeded', 'payment_failed', 'delete'];
const CREATED_MS = Date.UTC(2026, 10, 23, 2);

test.each<[BillStanding, BillEvent, ReturnType<typeof billStep>]>([
  ['due', 'start_payment', { kind: 'stays' }],
  ['due', 'payment_succeeded', { kind: 'moves', to: 'paid' }],
  ['due', 'payment_failed', { kind: 'stays' }],
  ['due', 'delete', { kind: 'moves', to: 'deleted' }],
  ['expired', 'start_payment', { kind: 'refused', code: 'bill_not_payable' }],
  ['expired', 'payment_succeeded', { kind: 'moves', to: 'paid' }],
  ['expired', 'payment_failed', { kind: 'stays' }],
  ['expired', 'delete', { kind: 'stays' }],
  ['deleted', 'start_payment', { kind: 'refused', code: 'bill_not_payable' }],
  ['deleted', 'payment_succeeded', { kind: 'moves', to: 'paid' }],
  ['deleted', 'payment_failed', { kind: 'stays' }],
  ['deleted', 'delete', { kind: 'stays' }],
  ['paid', 'start_payment', { kind: 'refused', code: 'bill_not_payable' }],
  ['paid', 'payment_succeeded', { kind: 'excess' }],
  ['paid', 'payment_failed', { kind: 'stays' }],
  ['paid', 'delete', { kind: 'refused', code: 'bill_paid' }],
])('%s + %s', (from, event, step) => {
  expect(billStep(from, event)).toEqual(step);
});

test('no sequence of events leaves the table, and paid is final', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...EVENTS), fc.boolean())), (events) => {
      let state: BillState = 'due';
      for (const [event, old] of events) {
        const step = billStep(state === 'due' && old ? 'expired' : state, event);
        const next: BillState = step.kind === 'moves' ? step.to : state;
        if (state === 'paid') expect(next).toBe('paid');
        if (event === 'payment_succeeded') expect(next).toBe('paid');
        state = next;
      }
    }),
  );
});

test('a deleted bill that is paid at the bank after all comes back as paid', () => {
  expect(billStep('deleted', 'payment_succeeded')).toEqual({ kind: 'moves', to: 'paid' });
  expect(shownState('paid')).toEqual({ state: 'paid', paid: true });
});

test.each<[string, number, number, boolean]>([
  ['due day long over, 30 days not', -1, BILL_LIFE_MS - 1, false],
  ['due day long over, 30 days over', -1, BILL_LIFE_MS, true],
  ['30 days over, due day not', BILL_LIFE_MS + 5_000, BILL_LIFE_MS + 4_999, false],
  ['30 days over, due day over', BILL_LIFE_MS + 5_000, BILL_LIFE_MS + 5_000, true],
  ['just made', 12 * 3_600_000, 0, false],
])('%s', (_what, dueEndMs, ageMs, expired) => {
  const at = { createdAtMs: CREATED_MS, dueEndMs: CREATED_MS + dueEndMs, nowMs: CREATED_MS + ageMs };
  expect(isExpired({ state: 'due', ...at })).toBe(expired);
  expect(billStanding({ state: 'due', ...at })).toBe(expired ? 'expired' : 'due');
});

test.each<BillState>(['paid', 'deleted'])('a %s bill never expires', (state) => {
  const old = { state, createdAtMs: 0, dueEndMs: 0, nowMs: Number.MAX_SAFE_INTEGER };
  expect(isExpired(old)).toBe(false);
  expect(billStanding(old)).toBe(state);
});

test('expired and deleted bills are both shown as hidden and unpaid', () => {
  expect(STANDINGS.map(shownState)).toEqual([
    { state: 'due', paid: false },
    { state: 'hidden', paid: false },
    { state: 'hidden', paid: false },
    { state: 'paid', paid: true },
  ]);
});
