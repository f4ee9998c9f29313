import { formatSen } from '#domain/money.ts';
import type { BillPage, Receipt } from '#services/bill/bill-page.ts';
import { frameOf, logo, row, splitHeader } from './bill-view.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import type { Page } from './layout.ts';
import { shownDate, shownStamp } from './shown.ts';
import { TEXTS } from './texts.ts';

/** A paid bill. `paidTwice`: the payer comes back from a second payment of it. Source: billplz-api.md 6, "Receipt". */
export function receiptView(
  bill: BillPage,
  receipt: Receipt,
  language: Language,
  { paidTwice = false }: { paidTwice?: boolean } = {},
): Page {
  const texts = TEXTS[language];
  const { transaction } = receipt;
  const main = html`${logo(bill)}<h1>${texts.receipt}</h1>
<p>${bill.title}</p>
${splitHeader(bill, texts)}
${
  paidTwice
    ? html`<div class="notice" role="status"><p>${texts.paidTwice}</p></div>`
    : html`<div class="notice good" role="status"><p>${texts.receiptThanks}</p></div>`
}
<p class="amount"><span class="label">${texts.amountPaid}</span><span class="value">${formatSen(receipt.amountSen, bill.currency)}</span></p>
<dl>
${row(texts.paidTo, bill.merchantName)}
${row(texts.paidAt, shownStamp(receipt.paidAt, texts))}
${transaction && row(texts.transactionId, transaction.id)}
${transaction && row(texts.channel, transaction.channel)}
${row(texts.description, bill.description)}
${row(texts.billedTo, bill.payerName)}
${bill.references.map(({ label, value }) => row(label, value))}
${row(texts.dueDate, shownDate(bill.dueOn, texts))}
${row(texts.billNumber, bill.billId)}
</dl>
<p class="quiet small no-print">${texts.keepReceipt}</p>`;
  return { ...frameOf(bill), language, title: `${texts.receipt}: ${bill.title}`, main };
}
