/** A transaction of a bill. Source: billplz-api.md 2.6. */
export type PaymentState = 'pending' | 'completed' | 'failed';

/**
 * What the gateway says. `not_found`: it never happened, asked long enough after the attempt; `abandoned`: the payer's
 * session at the bank ended without an answer.
 */
export type PaymentEvent = 'approved' | 'declined' | 'not_found' | 'abandoned';

/** `contradicts`: nothing is written, a person must look. */
export type PaymentStep =
  | { readonly kind: 'moves'; readonly to: 'completed' | 'failed' }
  | { readonly kind: 'stays' }
  | { readonly kind: 'contradicts' };

const COMPLETED: PaymentStep = { kind: 'moves', to: 'completed' };
const FAILED: PaymentStep = { kind: 'moves', to: 'failed' };
const STAYS: PaymentStep = { kind: 'stays' };
const CONTRADICTS: PaymentStep = { kind: 'contradicts' };

/** A new state or event does not compile until its cells are filled. */
const STEPS: Readonly<Record<PaymentState, Readonly<Record<PaymentEvent, PaymentStep>>>> = {
  pending: { approved: COMPLETED, declined: FAILED, not_found: FAILED, abandoned: FAILED },
  // A session's end is our own guess; the gateway's word on money is not.
  completed: { approved: STAYS, declined: CONTRADICTS, not_found: CONTRADICTS, abandoned: STAYS },
  // Money that came late has come.
  failed: { approved: COMPLETED, declined: STAYS, not_found: STAYS, abandoned: STAYS },
};

/**
 * Total: every word of the gateway has an answer in every state; the same word twice changes nothing.
 * Source: billplz-api.md 3.1 ("no lost notice leaves a paid bill unpaid"), gateways.md 1 and 2 ("a later success is a
 * late one").
 */
export function paymentStep(from: PaymentState, event: PaymentEvent): PaymentStep {
  return STEPS[from][event];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From here on an unknown outcome needs a person, and `not_found` means that it never happened. */
export const UNKNOWN_SETTLES_AFTER_MS = 30 * MINUTE_MS;

/** Why we ask: the outcome is unknown, pending for minutes, or pending for days. */
export type AskKind = 'unknown_outcome' | 'short_pending' | 'long_pending';

interface AskPlan {
  /** After the attempt. */
  readonly stepsMs: readonly number[];
  /** Then every so often, each until so long after the attempt; the last one for ever. */
  readonly every: readonly { readonly periodMs: number; readonly untilMs: number }[];
}

const SHORT: AskPlan = {
  stepsMs: [10_000, 30_000, ...[1, 2, 5, 15, 30].map((minutes) => minutes * MINUTE_MS)],
  every: [{ periodMs: HOUR_MS, untilMs: Number.POSITIVE_INFINITY }],
};

/** Source: gateways.md 1, "Unknown outcomes are asked after ...". */
const ASK_PLANS: Readonly<Record<AskKind, AskPlan>> = {
  unknown_outcome: SHORT,
  short_pending: SHORT,
  long_pending: {
    stepsMs: [],
    every: [
      { periodMs: HOUR_MS, untilMs: DAY_MS },
      { periodMs: 6 * HOUR_MS, untilMs: 8 * DAY_MS },
      { periodMs: DAY_MS, untilMs: Number.POSITIVE_INFINITY },
    ],
  },
};

/**
 * When (epoch ms) the gateway is asked next: the first instant of the plan after `nowMs`, counted from `sinceMs`, the
 * attempt. Asks missed in an outage are not made up for. Source: gateways.md 1.
 */
export function nextAskMs({
  sinceMs,
  nowMs,
  kind,
}: {
  sinceMs: number;
  nowMs: number;
  kind: AskKind;
}): number {
  const { stepsMs, every } = ASK_PLANS[kind];
  const ageMs = nowMs - sinceMs;
  const step = stepsMs.find((offsetMs) => offsetMs > ageMs);
  if (step !== undefined) return sinceMs + step;
  let fromMs = stepsMs.at(-1) ?? 0;
  for (const { periodMs, untilMs } of every) {
    const periods = Math.max(1, Math.floor((ageMs - fromMs) / periodMs) + 1);
    const offsetMs = fromMs + periods * periodMs;
    if (offsetMs <= untilMs) return sinceMs + offsetMs;
    fromMs = untilMs;
  }
  throw new RangeError(`no next ask ${ageMs} ms after the attempt`);
}
