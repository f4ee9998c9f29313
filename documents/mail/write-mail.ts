import type { AlertFacts, BillFacts, ReceiptFacts } from '#domain/mail.ts';
import { formatSen } from '#domain/money.ts';
import type { MailFrame, WriteMail, WrittenMail } from '../port.ts';
import { formLetter, type Letter } from './letter.ts';
import { shownDate, shownStamp } from './shown.ts';
import { MAIL_TEXTS, type MailTexts } from './texts.ts';

/** Every mail and text message of ours. Source: billplz-api.md 2.4 `deliver`, 2.13, 6 "Receipt"; decisions.md, "Alerts". */
export const writeMail: WriteMail = (content, frame) => {
  switch (content.template) {
    case 'bill_ready':
      return formLetter(billReady(content.facts, frame));
    case 'bill_ready_sms':
      return billReadySms(content.facts, frame);
    case 'bill_receipt':
      return formLetter(receipt(content.facts, frame));
    case 'alert':
      return formLetter(alert(content.facts, frame));
  }
};

function billReady(facts: BillFacts, frame: MailFrame): Letter {
  const texts = MAIL_TEXTS[frame.language];
  const amount = formatSen(facts.amountSen, facts.currency);
  return {
    ...plain(frame, facts.merchantName),
    subject: texts.billSubject(facts.merchantName, amount),
    paragraphs: [texts.hello(facts.payerName), texts.billIntro(facts.merchantName), facts.title],
    highlight: { label: texts.amountToPay, value: amount },
    rows: billRows(facts, texts),
    button: { label: texts.viewAndPay, url: billUrl(facts, frame) },
  };
}

/** One line, so that a short bill is one message. */
function billReadySms(facts: BillFacts, frame: MailFrame): WrittenMail {
  const amount = formatSen(facts.amountSen, facts.currency);
  const text = MAIL_TEXTS[frame.language].billSms(facts.merchantName, amount, billUrl(facts, frame));
  return { subject: null, text: frame.sandbox ? `[Sandbox] ${text}` : text, html: null };
}

function receipt(facts: ReceiptFacts, frame: MailFrame): Letter {
  const texts = MAIL_TEXTS[frame.language];
  const amount = formatSen(facts.amountSen, facts.currency);
  const { emailLink } = facts;
  return {
    ...plain(frame, facts.merchantName),
    subject: texts.receiptSubject(facts.merchantName, amount),
    paragraphs: [texts.hello(facts.payerName), texts.receiptIntro(facts.merchantName), facts.title],
    highlight: { label: texts.amountPaid, value: amount },
    rows: [
      [texts.paidTo, facts.merchantName],
      [texts.paidAt, shownStamp(facts.paidAt, texts)],
      [texts.transactionId, facts.transactionId],
      [texts.channel, facts.channel],
      ...billRows(facts, texts),
    ],
    button: { label: texts.viewReceipt, url: billUrl(facts, frame) },
    link: emailLink === null ? null : { intro: texts.followLink(facts.merchantName), url: emailLink },
  };
}

function alert(facts: AlertFacts, frame: MailFrame): Letter {
  const texts = MAIL_TEXTS[frame.language];
  const { profile } = facts;
  const what = texts.alertKinds[facts.kind] ?? facts.kind;
  return {
    ...plain(frame, 'Kekal'),
    subject: texts.alertSubject(what),
    paragraphs: [texts.alertIntro],
    rows: [
      [texts.alertObject, `${what} (${facts.object})`],
      [texts.alertDetail, facts.detail],
      [texts.alertProfile, profile === null ? texts.installation : `${profile.id} ${profile.name}`],
    ],
    footer: [texts.alertAgain],
  };
}

function plain(
  { language, sandbox }: MailFrame,
  sender: string,
): Pick<Letter, 'language' | 'sandbox' | 'sender' | 'highlight' | 'button' | 'link' | 'footer'> {
  return { language, sandbox, sender, highlight: null, button: null, link: null, footer: [] };
}

function billRows(facts: BillFacts, texts: MailTexts): [string, string][] {
  return [
    [texts.description, facts.description],
    [texts.billedTo, facts.payerName],
    ...facts.references.map(({ label, value }): [string, string] => [label, value]),
    [texts.dueDate, shownDate(facts.dueOn, texts)],
    [texts.billNumber, facts.billId],
  ];
}

function billUrl({ billId }: BillFacts, { publicUrl }: MailFrame): string {
  return `${publicUrl}/bills/${billId}`;
}
