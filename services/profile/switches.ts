import { z } from 'zod';
import { isScheduleName } from '#domain/callback-schedule.ts';

/** What of a profile may change after it was made, each as an operator gives it. */
export const ProfileSwitchesInput = z.strictObject({
  name: z.string().trim().min(1).max(255),
  contactEmail: z.email().max(255),
  language: z.enum(['en', 'ms']),
  /** An IANA name such as `Asia/Kuala_Lumpur`. */
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Kuala_Lumpur'),
  callbackSchedule: z.string().refine(isScheduleName, 'must be the name of a callback schedule'),
  xSignatureCallback: z.boolean(),
  xSignatureRedirect: z.boolean(),
  extraPaymentCompletion: z.boolean(),
  customerReceiptDelivery: z.boolean(),
  /** GETs per 300 s. */
  rateLevel: z.enum(['unlimited', '100', '10']),
});

function isTimeZone(name: string): boolean {
  try {
    // An offset such as +08:00 is taken as well, but it is no zone.
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
