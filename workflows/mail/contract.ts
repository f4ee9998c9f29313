import type { Timeouts } from '../lib/contract.ts';

export function mailWorkflowId(mailId: string): string {
  return `mail-${mailId}`;
}

export const MAIL_WORKFLOW = 'mail';

export interface MailInput {
  readonly mailId: string;
  /** Null: it belongs to the installation. */
  readonly profileId: number | null;
  readonly timeouts: Timeouts;
}

export type MailStatus = 'pending' | 'sent' | 'failed' | 'skipped';

export interface MailView {
  readonly status: MailStatus;
  /** The try that comes next; null once it is over. */
  readonly next: { readonly number: number; readonly dueMs: number } | null;
}

/** One try, at an instant of the workflow's own time (epoch ms). */
export interface MailTryOrder {
  readonly number: number;
  readonly atMs: number;
}
