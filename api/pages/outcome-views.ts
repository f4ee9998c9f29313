import type { Page } from './layout.ts';
import { formatSen } from '#domain/money.ts';
import type { BillPage } from '#services/bill/bill-page.ts';
import { frameOf } from './bill-view.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import { TEXTS, type Texts } from './texts.ts';

/** What the pages after a payment know of the bill; a deleted one has no page, yet its payer comes back. */
export type Around = Pick<Page, 'merchantName' | 'sandbox'> & { readonly bill: BillPage | null };

/** A payment that failed: why, in plain words, and the way to try again while the bill is due. */
export function failureView(around: Around, language: Language, failure: string | null): Page {
  const texts = TEXTS[language];
  const { bill } = around;
  const main = html`<h1>${texts.failureTitle}</h1>
<div class="notice bad" role="alert"><p>${reason(failure, texts)}</p></div>
<p>${texts.nothingTaken}</p>
${
  bill?.standing === 'due' &&
  html`<p class="amount"><span class="label">${texts.amountToPay}</span><span class="value">${formatSen(bill.amountSen, bill.currency)}</span></p>
<p><a class="button" href="/bills/${bill.billId}?lang=${language}">${texts.tryAgain}</a></p>`
}`;
  return { ...around, path: null, language, title: texts.failureTitle, main };
}

/** A payment that the bank has not confirmed; `path` is the page that looks again. */
export function waitingView(around: Around, language: Language, path: string): Page {
  const texts = TEXTS[language];
  const main = html`<h1>${texts.waitingTitle}</h1>
<div class="notice" role="status"><p>${texts.waitingText}</p></div>
<p><a class="button second" href="${path}">${texts.lookAgain}</a></p>`;
  return { ...around, path, language, title: texts.waitingTitle, main };
}

/** Source: billplz-api.md 6, "expired". */
export function expiredView(bill: BillPage, language: Language): Page {
  const texts = TEXTS[language];
  const main = html`<h1>${texts.expiredTitle}</h1>
<p>${texts.expiredText(bill.merchantName)}</p>
<p class="quiet small">${texts.billNumber}: ${bill.billId}</p>`;
  return { ...frameOf(bill), language, title: texts.expiredTitle, main };
}

function reason(failure: string | null, texts: Texts): string {
  const reasons: Readonly<Record<string, string>> = texts.failureReasons;
  return reasons[failure ?? ''] ?? texts.failureReasons.other;
}
