import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Gateway, GatewayResult, Notice, RefundRequest, RefundResult } from '../port.ts';
import { type BankButton, pressed, SESSION_MS, settledBy } from './bank.ts';
import type { SandboxPayment, SandboxRefund, SandboxStore } from './store.ts';

export interface SandboxGateway extends Gateway {
  /** What the bank's page shows; unknown: undefined. */
  session(id: string, nowMs: number): Promise<SandboxPayment | undefined>;
  /** Presses a button on it and gives the signed notice that the bank then sends. */
  press(id: string, button: BankButton, nowMs: number): Promise<SignedNotice | undefined>;
}

export interface SignedNotice {
  readonly payment: SandboxPayment;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface SandboxDeps {
  readonly store: SandboxStore;
  /** Signs the bank's notices. */
  readonly noticeKey: Buffer;
  /** Whether payments can go back through the bank; default yes. Source: gateways.md 1, "refund by a switch". */
  readonly refunds?: boolean;
  /** Address of a session's page. */
  pageUrl(sessionId: string): string;
}

/** The built-in bank: stateful, without a clock of its own, for sandbox profiles only. Source: gateways.md 2. */
export function createSandboxGateway({
  store,
  noticeKey,
  refunds = true,
  pageUrl,
}: SandboxDeps): SandboxGateway {
  return {
    name: 'sandbox',

    async startBankPayment(request) {
      const payment = await store.insert({
        id: `sbx_${randomBytes(16).toString('hex')}`,
        profileId: request.profileId,
        merchantTransactionId: request.merchantTransactionId,
        amountMinor: request.amountMinor,
        currency: request.currency,
        bankCode: request.bankCode,
        returnUrl: request.returnUrl,
        state: 'open',
        reason: null,
        due: { atMs: request.nowMs + SESSION_MS, state: 'abandoned' },
        notices: 0,
        createdAtMs: request.nowMs,
      });
      return resultOf(settledBy(payment, request.nowMs), pageUrl);
    },

    async getStatus({ merchantTransactionId, nowMs }) {
      const payment = await store.change({ merchantTransactionId }, (stored) => settledBy(stored, nowMs));
      return payment ? resultOf(payment, pageUrl) : { kind: 'not_found' };
    },

    canRefund: () => refunds,

    async refund(request) {
      const { merchantTransactionId, merchantRefundId } = request;
      const made = await store.refund({ merchantTransactionId, merchantRefundId }, (payment, refundedMinor) =>
        decideRefund(settledBy(payment, request.nowMs), refundedMinor, request),
      );
      return made ? refundResultOf(made) : { kind: 'not_found' };
    },

    async getRefund({ merchantRefundId }) {
      const made = await store.findRefund(merchantRefundId);
      return made ? refundResultOf(made) : { kind: 'not_found' };
    },

    async parseNotice(rawBody, headers) {
      return parse(rawBody, headers, noticeKey);
    },

    async session(id, nowMs) {
      return store.change({ id }, (stored) => settledBy(stored, nowMs));
    },

    async press(id, button, nowMs) {
      const payment = await store.change({ id }, (stored) => ({
        ...pressed(stored, button, nowMs),
        notices: stored.notices + 1,
      }));
      if (!payment) return undefined;
      const { merchantTransactionId, state, notices } = payment;
      const body = Buffer.from(JSON.stringify({ id: `${id}:${notices}`, merchantTransactionId, state }));
      return { payment, body, headers: { 'sandbox-signature': signature(body, noticeKey).toString('hex') } };
    },
  };
}

function resultOf(payment: SandboxPayment, pageUrl: SandboxDeps['pageUrl']): GatewayResult {
  const gatewayId = payment.id;
  const checkAgainAtMs = payment.due?.atMs ?? 0;
  switch (payment.state) {
    case 'open':
      return { kind: 'requires_customer_action', gatewayId, url: pageUrl(payment.id), checkAgainAtMs };
    case 'pending':
      return { kind: 'pending', gatewayId, checkAgainAtMs };
    case 'paid':
      return { kind: 'approved', gatewayId, amountMinor: payment.amountMinor, currency: payment.currency };
    case 'failed':
      return { kind: 'declined', gatewayId, code: payment.reason ?? 'declined' };
    case 'abandoned':
      return { kind: 'abandoned', gatewayId };
  }
}

/** Only what was paid goes back, and no more than that. */
function decideRefund(payment: SandboxPayment, refundedMinor: number, request: RefundRequest): SandboxRefund {
  const reason = refundProblem(payment, refundedMinor, request);
  return {
    id: `sbr_${randomBytes(16).toString('hex')}`,
    profileId: request.profileId,
    merchantRefundId: request.merchantRefundId,
    merchantTransactionId: request.merchantTransactionId,
    amountMinor: request.amountMinor,
    currency: request.currency,
    state: reason === null ? 'refunded' : 'declined',
    reason,
    createdAtMs: request.nowMs,
  };
}

function refundProblem(
  payment: SandboxPayment,
  refundedMinor: number,
  request: RefundRequest,
): string | null {
  if (payment.state !== 'paid') return 'not_paid';
  if (payment.currency !== request.currency) return 'wrong_currency';
  return refundedMinor + request.amountMinor > payment.amountMinor ? 'exceeds_payment' : null;
}

function refundResultOf({ id, state, reason, amountMinor, currency }: SandboxRefund): RefundResult {
  return state === 'refunded'
    ? { kind: 'approved', gatewayId: id, amountMinor, currency }
    : { kind: 'declined', gatewayId: id, code: reason ?? 'declined' };
}

function parse(rawBody: Uint8Array, headers: Readonly<Record<string, string>>, key: Buffer): Notice {
  const given = Buffer.from(headers['sandbox-signature'] ?? '', 'hex');
  const right = signature(rawBody, key);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return { kind: 'rejected', reason: 'bad signature' };
  }
  const payload: unknown = JSON.parse(Buffer.from(rawBody).toString('utf8'));
  if (!isNotice(payload)) return { kind: 'rejected', reason: 'not a notice' };
  return {
    kind: 'notice',
    dedupeKey: payload.id,
    merchantTransactionId: payload.merchantTransactionId,
    payload,
  };
}

function isNotice(value: unknown): value is { id: string; merchantTransactionId: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { id, merchantTransactionId } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof merchantTransactionId === 'string';
}

function signature(body: Uint8Array, key: Buffer): Buffer {
  return createHmac('sha256', key).update(body).digest();
}
