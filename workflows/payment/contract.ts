import type { ProcessInput } from '../lib/contract.ts';

export function paymentWorkflowId(paymentId: string): string {
  return `payment-${paymentId}`;
}

export const PAYMENT_WORKFLOW = 'payment';

export interface PaymentInput extends ProcessInput {
  readonly paymentId: string;
}

export type PaymentStatus = 'pending' | 'completed' | 'failed';

/** A refund that waits for the gateway. */
export interface DueRefund {
  readonly id: string;
  /** Epoch ms; null: at once. */
  readonly dueAtMs: number | null;
}

export interface PaymentView {
  readonly status: PaymentStatus;
  /** When the gateway is to be asked next, epoch ms; null once the payment is final. */
  readonly checkAgainAtMs: number | null;
  /** Since when the gateway's word is missing, epoch ms; null while it answers. */
  readonly unknownSinceMs: number | null;
  /** The one that is due first. Absent: none. */
  readonly refund?: DueRefund;
}
