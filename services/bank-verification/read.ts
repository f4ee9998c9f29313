import { type BankVerification, newestByAccount } from '#db/bank-verification.repository.ts';
import { bankDay } from '#domain/calendar/working-day.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';

export type { BankVerification };

/** Found at most, in the order asked. Source: seed 004, "Up to 10 bank accounts found". */
const FOUND_MAX = 10;
const ASKED_MAX = 1_000;

/** The newest registration of each number that is known. */
export async function findBankVerifications(
  ctx: Ctx,
  accNos: readonly string[],
): Promise<BankVerification[]> {
  requirePermission(ctx, 'bank_verification:view');
  const found = await ctx.inTransaction((tx) =>
    newestByAccount(tx, ctx.profileId, accNos.slice(0, ASKED_MAX)),
  );
  return found.slice(0, FOUND_MAX);
}

/** The newest registration of a number. Refuses `not_found`. */
export async function getBankVerification(ctx: Ctx, accNo: string): Promise<BankVerification> {
  const [found] = await findBankVerifications(ctx, [accNo]);
  return found ?? refuse('not_found', { accNo: accNo.slice(-4) });
}

/** `authorization_date` and `processed_at`: days in Kuala Lumpur. Source: billplz-api.md 2.8. */
export function verificationDays(verification: BankVerification): {
  registered: string;
  processed: string | null;
} {
  const { registeredAtMs, processedAtMs } = verification;
  return {
    registered: bankDay(registeredAtMs),
    processed: processedAtMs === null ? null : bankDay(processedAtMs),
  };
}
