export type SandboxState = 'open' | 'pending' | 'paid' | 'failed' | 'abandoned';

/** One payment in the sandbox bank's own books. */
export interface SandboxPayment {
  /** The bank's session and payment id. */
  readonly id: string;
  readonly profileId: number;
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly bankCode: string;
  readonly returnUrl: string;
  readonly state: SandboxState;
  readonly reason: string | null;
  /** What happens by itself, and when. */
  readonly due: { readonly atMs: number; readonly state: 'paid' | 'failed' | 'abandoned' } | null;
  readonly notices: number;
  readonly createdAtMs: number;
}

/** A refund in its books: given back, or declined with a reason. */
export interface SandboxRefund {
  readonly id: string;
  readonly profileId: number;
  readonly merchantRefundId: string;
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly state: 'refunded' | 'declined';
  readonly reason: string | null;
  readonly createdAtMs: number;
}

/** The bank's tables; `worker/` injects them. */
export interface SandboxStore {
  /** Inserts unless one with this merchant transaction id exists; gives the stored one. */
  insert(payment: SandboxPayment): Promise<SandboxPayment>;
  find(by: { id: string } | { merchantTransactionId: string }): Promise<SandboxPayment | undefined>;
  /** Locks the payment, lets `change` decide, stores what it gives. Unknown: undefined. */
  change(
    by: { id: string } | { merchantTransactionId: string },
    change: (payment: SandboxPayment) => SandboxPayment,
  ): Promise<SandboxPayment | undefined>;
  /**
   * Locks the payment, tells `decide` what went back of it so far, stores what it gives. One that is stored under the id
   * already is given as it is. Unknown payment: undefined.
   */
  refund(
    of: { merchantTransactionId: string; merchantRefundId: string },
    decide: (payment: SandboxPayment, refundedMinor: number) => SandboxRefund,
  ): Promise<SandboxRefund | undefined>;
  findRefund(merchantRefundId: string): Promise<SandboxRefund | undefined>;
}
