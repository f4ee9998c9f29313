/** What is stored. `expired` is never stored: it follows from the clock. */
export type BillState = 'due' | 'paid' | 'deleted';

/** What a bill is at an instant. Source: billplz-api.md 3.1. */
export type BillStanding = BillState | 'expired';

export type BillEvent = 'start_payment' | 'payment_succeeded' | 'payment_failed' | 'delete';

/**
 * What an event does to a bill: `moves` stores another state, `stays` writes nothing, `excess` is money for a bill
 * that is paid already (the bill stays, the transaction is marked for refund, no callback), `refused` says no.
 */
export type BillStep =
  | { readonly kind: 'moves'; readonly to: BillState }
  | { readonly kind: 'stays' }
  | { readonly kind: 'excess' }
  | { readonly kind: 'refused'; readonly code: 'bill_paid' | 'bill_not_payable' };

const PAID: BillStep = { kind: 'moves', to: 'paid' };
const DELETED: BillStep = { kind: 'moves', to: 'deleted' };
const STAYS: BillStep = { kind: 'stays' };
const EXCESS: BillStep = { kind: 'excess' };
const BILL_PAID: BillStep = { kind: 'refused', code: 'bill_paid' };
const NOT_PAYABLE: BillStep = { kind: 'refused', code: 'bill_not_payable' };

/** A new standing or event does not compile until its cells are filled. */
const STEPS: Readonly<Record<BillStanding, Readonly<Record<BillEvent, BillStep>>>> = {
  due: { start_payment: STAYS, payment_succeeded: PAID, payment_failed: STAYS, delete: DELETED },
  // A payment already at the bank runs on: its success revives a hidden bill.
  expired: { start_payment: NOT_PAYABLE, payment_succeeded: PAID, payment_failed: STAYS, delete: STAYS },
  deleted: { start_payment: NOT_PAYABLE, payment_succeeded: PAID, payment_failed: STAYS, delete: STAYS },
  paid: { start_payment: NOT_PAYABLE, payment_succeeded: EXCESS, payment_failed: STAYS, delete: BILL_PAID },
};

/** Total: every event has an answer in every standing. Source: billplz-api.md 3.1. */
export function billStep(from: BillStanding, event: BillEvent): BillStep {
  return STEPS[from][event];
}

/** A due bill lives at least this long, however early its due day. Source: decisions.md, "Durability". */
export const BILL_LIFE_MS = 30 * 24 * 3_600_000;

/** Instants in epoch ms. `dueEndMs` is where the due day ends in the profile's zone: the first instant of the next. */
export interface BillAge {
  readonly state: BillState;
  readonly createdAtMs: number;
  readonly dueEndMs: number;
  readonly nowMs: number;
}

/**
 * Due, and past the later of 30 x 24 h from creation and the end of the due day. Both ends are exclusive: at that
 * instant the bill has expired. Source: billplz-api.md 3.1.
 */
export function isExpired({ state, createdAtMs, dueEndMs, nowMs }: BillAge): boolean {
  return state === 'due' && nowMs >= Math.max(createdAtMs + BILL_LIFE_MS, dueEndMs);
}

export function billStanding(age: BillAge): BillStanding {
  return isExpired(age) ? 'expired' : age.state;
}

export interface ShownBillState {
  readonly state: 'due' | 'paid' | 'hidden';
  readonly paid: boolean;
}

const SHOWN: Readonly<Record<BillStanding, ShownBillState>> = {
  due: { state: 'due', paid: false },
  expired: { state: 'hidden', paid: false },
  deleted: { state: 'hidden', paid: false },
  paid: { state: 'paid', paid: true },
};

/** What the API says of a bill. Source: billplz-api.md 3.1, column "API `state` / `paid`". */
export function shownState(standing: BillStanding): ShownBillState {
  return SHOWN[standing];
}
