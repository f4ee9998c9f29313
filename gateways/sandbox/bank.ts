import type { SandboxPayment } from './store.ts';

const MINUTE_MS = 60_000;

/** A bank page that nobody touches is given up after this. Source: gateways.md 2, "A closed window". */
export const SESSION_MS = 15 * MINUTE_MS;
/** A payment left pending succeeds by itself. Source: gateways.md 2, "with no click it succeeds 15 min later". */
export const PENDING_MS = 15 * MINUTE_MS;

export type BankButton = 'success' | 'fail' | 'pending';

/** What happened by itself up to `nowMs`. The bank has no clock: each call brings one. */
export function settledBy(payment: SandboxPayment, nowMs: number): SandboxPayment {
  if (!payment.due || payment.due.atMs > nowMs) return payment;
  const { state } = payment.due;
  return { ...payment, state, due: null, reason: state === 'paid' ? null : state };
}

/** A button on the bank's page. One that makes no sense any more changes nothing. */
export function pressed(payment: SandboxPayment, button: BankButton, nowMs: number): SandboxPayment {
  const now = settledBy(payment, nowMs);
  if (now.state === 'paid' || now.state === 'failed') return now;
  switch (button) {
    case 'success':
      return { ...now, state: 'paid', due: null, reason: null };
    case 'fail':
      return { ...now, state: 'failed', due: null, reason: 'refused_by_payer' };
    case 'pending':
      // A pending payment waits already: its end stays where it is.
      if (now.state === 'pending') return now;
      return { ...now, state: 'pending', due: { atMs: nowMs + PENDING_MS, state: 'paid' }, reason: null };
  }
}
