import type { Sen } from './money.ts';

/** The languages in which we write. */
export type MailLanguage = 'en' | 'ms';

/** What a payer is told of a bill. Texts as they were sent; the address of its page is made when it is written. */
export interface BillFacts {
  readonly billId: string;
  readonly merchantName: string;
  readonly title: string;
  readonly description: string;
  readonly payerName: string;
  readonly amountSen: Sen;
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** Only those with a value. */
  readonly references: readonly { readonly label: string; readonly value: string }[];
}

export interface ReceiptFacts extends BillFacts {
  /** `2018-09-27 15:15:09 +0800` in the profile's zone. */
  readonly paidAt: string;
  readonly transactionId: string;
  readonly channel: string;
  /** What an open collection sends its customers after payment. Source: seed 004, "email_link". */
  readonly emailLink: string | null;
}

export interface AlertFacts {
  readonly kind: string;
  /** `<type>:<id>`. */
  readonly object: string;
  readonly detail: string;
  /** Null: it concerns the installation. */
  readonly profile: { readonly id: number; readonly name: string } | null;
}

/** Everything that we may owe to a mailbox or a phone: the template by name, with what it needs. */
export type MailContent =
  | { readonly template: 'bill_ready'; readonly facts: BillFacts }
  | { readonly template: 'bill_ready_sms'; readonly facts: BillFacts }
  | { readonly template: 'bill_receipt'; readonly facts: ReceiptFacts }
  | { readonly template: 'alert'; readonly facts: AlertFacts };

export type MailTemplate = MailContent['template'];
export type MailChannel = 'email' | 'sms';

/** By which way a template goes. */
export const CHANNEL_OF: Readonly<Record<MailTemplate, MailChannel>> = {
  bill_ready: 'email',
  bill_ready_sms: 'sms',
  bill_receipt: 'email',
  alert: 'email',
};
