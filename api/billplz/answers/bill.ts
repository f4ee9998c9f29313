import { z } from 'zod';
import { PAYMENT_METHODS } from '#domain/bank-codes.ts';

/** Keys in the seed's order; `paid_at` is ours. Source: billplz-api.md 2.4, "B"; formats: 3.2. */
export const Bill = z.strictObject({
  id: z.string(),
  collection_id: z.string(),
  paid: z.boolean(),
  state: z.enum(['due', 'hidden', 'paid']),
  amount: z.int(),
  paid_amount: z.int(),
  due_at: z.string().regex(/^\d{4}-\d{1,2}-\d{1,2}$/),
  email: z.string().nullable(),
  mobile: z.string().nullable(),
  name: z.string(),
  url: z.string(),
  reference_1_label: z.string(),
  reference_1: z.string().nullable(),
  reference_2_label: z.string(),
  reference_2: z.string().nullable(),
  redirect_url: z.string().nullable(),
  callback_url: z.string().nullable(),
  description: z.string(),
  paid_at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4}$/)
    .nullable(),
});

const Transaction = z.strictObject({
  id: z.string().regex(/^[0-9A-F]{12}$/),
  status: z.enum(['pending', 'completed', 'failed']),
  completed_at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/)
    .nullable(),
  payment_channel: z.enum(PAYMENT_METHODS.map(({ channel }) => channel)),
});

/** Source: billplz-api.md 2.6. */
export const Transactions = z.strictObject({
  bill_id: z.string(),
  transactions: z.array(Transaction),
  page: z.int(),
});
