import { defineQuery } from '@temporalio/workflow';
import type { ProcessInput } from '../lib/contract.ts';

export function bankVerificationWorkflowId(id: string): string {
  return `bank-verification-${id}`;
}

export const BANK_VERIFICATION_WORKFLOW = 'bankVerification';

export interface BankVerificationInput extends ProcessInput {
  readonly bankVerificationId: string;
}

export type BankVerificationStatus = 'pending' | 'verified' | 'rejected';

export interface BankVerificationView {
  readonly status: BankVerificationStatus;
  /** Nobody has decided though the time has come: a person must. */
  readonly overdue: boolean;
}

export const state = defineQuery<BankVerificationStatus>('state');
