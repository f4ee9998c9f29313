import type { Bill } from '#db/bill.repository.ts';
import type { Tx } from '#db/database.ts';
import type { Payment } from '#db/payment.repository.ts';
import { loadReceiptRule } from '#db/receipt-delivery.repository.ts';
import type { BillFacts } from '#domain/mail.ts';
import { isReceiptMailed } from '#domain/receipt-delivery.ts';
import { shownName, shownPaidAt } from '../bill/payment-fields.ts';
import type { Ctx } from '../context.ts';
import { type MailSource, oweMail } from './owe-mail.ts';

/**
 * `deliver=true`: after the commit, an e-mail and a text message to what the bill has.
 * Source: seed 004, "deliver"; billplz-api.md 3.1.
 */
export async function oweBillReady(tx: Tx, ctx: Ctx, bill: Bill): Promise<void> {
  if (!bill.deliver) return;
  const { title } = await loadReceiptRule(tx, ctx.profileId, bill.collectionId);
  const facts = billFacts(ctx, bill, title);
  const of = { objectType: 'bill', objectId: bill.id };
  if (bill.email !== null) {
    const content = { template: 'bill_ready', facts } as const;
    await oweMail(tx, sourceOf(ctx), { ...of, content, to: bill.email, eventKey: `bill:${bill.id}:ready` });
  }
  if (bill.mobile !== null) {
    const content = { template: 'bill_ready_sms', facts } as const;
    await oweMail(tx, sourceOf(ctx), { ...of, content, to: bill.mobile, eventKey: `bill:${bill.id}:sms` });
  }
}

/**
 * The payer's receipt, where the collection or else the profile asks for it, and always where an open collection has a
 * link to mail. A bill without e-mail address has none. Source: billplz-api.md 2.13, 6 "Receipt".
 */
export async function oweReceipt(tx: Tx, ctx: Ctx, bill: Bill, payment: Payment): Promise<void> {
  if (bill.email === null) return;
  const { title, delivery, emailLink } = await loadReceiptRule(tx, ctx.profileId, bill.collectionId);
  if (!isReceiptMailed(delivery, ctx.profile.customerReceiptDelivery, emailLink)) return;
  await oweMail(tx, sourceOf(ctx), {
    content: {
      template: 'bill_receipt',
      facts: {
        ...billFacts(ctx, bill, title),
        amountSen: bill.paidAmountSen,
        paidAt: shownPaidAt(bill, ctx.profile) ?? '',
        transactionId: payment.id,
        channel: payment.channel,
        emailLink,
      },
    },
    to: bill.email,
    objectType: 'bill',
    objectId: bill.id,
    eventKey: `bill:${bill.id}:receipt`,
  });
}

function sourceOf(ctx: Ctx): MailSource {
  const { profileId, profile, requestId } = ctx;
  return { profileId, mode: profile.mode, language: profile.language, requestId, nowMs: ctx.now() };
}

function billFacts({ profile }: Ctx, bill: Bill, title: string): BillFacts {
  const references = [
    { label: bill.reference1Label, value: bill.reference1 },
    { label: bill.reference2Label, value: bill.reference2 },
  ];
  return {
    billId: bill.id,
    merchantName: profile.merchantName,
    title,
    description: bill.description,
    payerName: shownName(bill.name),
    amountSen: bill.amountSen,
    currency: profile.currency,
    dueOn: bill.dueOn,
    references: references.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }])),
  };
}
