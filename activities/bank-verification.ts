import { decideWhenDue, viewBankVerification } from '#services/bank-verification/decide.ts';
import { verificationDueAtMs } from '#services/bank-verification/due.ts';
import type { BankVerificationInput } from '#workflows/bank-verification/contract.ts';
import type { ActivityContexts } from './contexts.ts';

export type BankVerificationActivities = ReturnType<typeof createBankVerificationActivities>;

export function createBankVerificationActivities({ profileCtx }: ActivityContexts) {
  return {
    loadBankVerification: async (i: BankVerificationInput) =>
      viewBankVerification(await profileCtx(i.profileId), i.bankVerificationId),
    verificationDueAtMs: async (i: BankVerificationInput) =>
      verificationDueAtMs(await profileCtx(i.profileId), i.bankVerificationId),
    decideWhenDue: async (i: BankVerificationInput, atMs: number) =>
      decideWhenDue(await profileCtx(i.profileId, atMs), i.bankVerificationId),
  };
}
