import { z } from 'zod';
import { PAYMENT_METHODS } from '#domain/bank-codes.ts';

const PaymentMethod = z.strictObject({
  code: z.enum(PAYMENT_METHODS.map(({ code }) => code)),
  name: z.string(),
  active: z.boolean(),
});

/** Every method that the profile could use, in fixed order. Source: billplz-api.md 2.7. */
export const PaymentMethods = z.strictObject({ payment_methods: z.array(PaymentMethod) });
