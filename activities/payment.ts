import type { Gateways } from '#gateways/port.ts';
import { carryOutRefund, findDueRefund } from '#services/payment/carry-out-refund.ts';
import { settlePayment } from '#services/payment/settle.ts';
import { findPayment } from '#services/payment/start.ts';
import type { PaymentInput, PaymentView } from '#workflows/payment/contract.ts';
import type { ActivityContexts } from './contexts.ts';

export interface PaymentDeps extends ActivityContexts {
  readonly gateways: Gateways;
}

export type PaymentActivities = ReturnType<typeof createPaymentActivities>;

export function createPaymentActivities({ profileCtx, gateways }: PaymentDeps) {
  return {
    loadPayment: async (i: PaymentInput): Promise<PaymentView> => {
      const ctx = await profileCtx(i.profileId);
      const { status, checkAgainAtMs, unknownSinceMs } = await findPayment(ctx, i.paymentId);
      const refund = await findDueRefund(ctx, i.paymentId);
      return { status, checkAgainAtMs, unknownSinceMs, ...(refund && { refund }) };
    },
    refund: async (i: PaymentInput, refundId: string, atMs: number): Promise<void> =>
      carryOutRefund(await profileCtx(i.profileId, atMs), gateways, refundId),
    askGateway: async (i: PaymentInput, atMs: number): Promise<void> => {
      await settlePayment(await profileCtx(i.profileId, atMs), gateways, i.paymentId, atMs);
    },
  };
}
