import { z } from 'zod';
import { SWIFT_BANKS } from '#domain/bank-codes.ts';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Days are those of Kuala Lumpur. Source: billplz-api.md 2.8, "V". */
export const BankVerification = z.strictObject({
  name: z.string(),
  id_no: z.string(),
  acc_no: z.string(),
  code: z.enum(SWIFT_BANKS.map(({ code }) => code)),
  organization: z.boolean(),
  authorization_date: Day,
  status: z.enum(['pending', 'verified', 'rejected']),
  processed_at: Day.nullable(),
  rejected_desc: z.string().nullable(),
});

export const BankVerifications = z.strictObject({ bank_verification_services: z.array(BankVerification) });

/** Source: billplz-api.md 2.5. */
export const Registration = z.strictObject({ name: z.enum(['verified', 'unverified', 'not found']) });
