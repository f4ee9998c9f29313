/** A payer is sent to a bank's page. Amounts in minor units, instants in epoch ms. Source: gateways.md 1. */
export interface BankPaymentRequest {
  readonly profileId: number;
  /** The gateway's idempotency key: asking twice starts one payment. */
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly bankCode: string;
  /** Where the bank sends the payer afterwards. */
  readonly returnUrl: string;
  readonly nowMs: number;
}

/** What a gateway says of one payment. Business outcomes are values; a throw means that the call itself failed. */
export type GatewayResult =
  | {
      readonly kind: 'approved';
      readonly gatewayId: string;
      readonly amountMinor: number;
      readonly currency: string;
    }
  | { readonly kind: 'declined'; readonly gatewayId: string; readonly code: string }
  | { readonly kind: 'pending'; readonly gatewayId: string; readonly checkAgainAtMs: number }
  | {
      readonly kind: 'requires_customer_action';
      readonly gatewayId: string;
      readonly url: string;
      readonly checkAgainAtMs: number;
    }
  | { readonly kind: 'abandoned'; readonly gatewayId: string }
  | { readonly kind: 'unknown_outcome' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'error'; readonly code: string; readonly retryable: boolean };

/** A notice is only a reason to ask: it names the payment and never decides. */
export type Notice =
  | {
      readonly kind: 'notice';
      readonly dedupeKey: string;
      readonly merchantTransactionId: string;
      readonly payload: object;
    }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface PaymentRef {
  readonly profileId: number;
  readonly merchantTransactionId: string;
  readonly nowMs: number;
}

/** A payment, or a part of it, goes back to whoever paid. */
export interface RefundRequest {
  readonly profileId: number;
  /** The gateway's idempotency key: asking twice gives back once. */
  readonly merchantRefundId: string;
  /** Of the payment. */
  readonly merchantTransactionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly nowMs: number;
}

export interface RefundRef {
  readonly profileId: number;
  readonly merchantRefundId: string;
  readonly nowMs: number;
}

/** What a gateway says of one refund; `not_found` to a request: the gateway has no such payment. */
export type RefundResult = Exclude<
  GatewayResult,
  { readonly kind: 'requires_customer_action' | 'abandoned' }
>;

/** Where money comes in. Every adapter passes the same contract suite. */
export interface Gateway {
  readonly name: string;
  startBankPayment(request: BankPaymentRequest): Promise<GatewayResult>;
  getStatus(ref: PaymentRef): Promise<GatewayResult>;
  /** Whether payments of a method can go back through the gateway; otherwise that is done by hand. */
  canRefund(method: string): boolean;
  refund(request: RefundRequest): Promise<RefundResult>;
  getRefund(ref: RefundRef): Promise<RefundResult>;
  /** Checks authenticity before anything is believed. */
  parseNotice(rawBody: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Notice>;
}

/** Which gateways this installation has, by name. */
export type Gateways = (name: string) => Gateway;
