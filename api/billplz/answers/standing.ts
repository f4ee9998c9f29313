import { z } from 'zod';

/** Source: billplz-api.md 2.9. */
export const FpxBanks = z.strictObject({
  banks: z.array(z.strictObject({ name: z.string(), active: z.boolean() })),
});

/** Every code that `reference_1` may name. Source: billplz-api.md 2.14. */
export const PaymentGateways = z.strictObject({
  payment_gateways: z.array(z.strictObject({ code: z.string(), active: z.boolean(), category: z.string() })),
});

/** Written with one decimal. Source: billplz-api.md 2.12. */
export const WebhookRank = z.strictObject({ rank: z.number().min(0).max(10) });
