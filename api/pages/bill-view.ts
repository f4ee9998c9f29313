import { formatSen } from '#domain/money.ts';
import type { BillPage, Choice, Offer } from '#services/bill/bill-page.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import type { Page } from './layout.ts';
import { shownDate } from './shown.ts';
import { TEXTS, type Texts } from './texts.ts';

/** What went wrong with the form that was just sent. */
export type FormProblem = 'chooseABank' | 'notOffered' | 'confirmFirst' | 'noMethod';

/** A bill that is due: what it is for, how much, and one button. Source: billplz-api.md 6. */
export function billView(
  bill: BillPage,
  language: Language,
  form: { readonly problem?: FormProblem; readonly chosen?: Choice } = {},
): Page {
  const texts = TEXTS[language];
  const amount = formatSen(bill.amountSen, bill.currency);
  const main = html`${logo(bill)}<h1>${bill.title}</h1>
${splitHeader(bill, texts)}
${form.problem && html`<div class="notice bad" role="alert" id="problem"><p>${texts[form.problem]}</p></div>`}
<p class="amount"><span class="label">${texts.amountToPay}</span><span class="value">${amount}</span></p>
${
  bill.offers.length === 0
    ? html`<div class="notice" role="status"><p>${texts.noMethod}</p></div>`
    : paymentForm(bill, texts, {
        amount,
        chosen: form.chosen ?? bill.direct,
        hasProblem: form.problem !== undefined,
      })
}
<dl>
${row(texts.description, bill.description)}
${row(texts.billedTo, bill.payerName)}
${bill.references.map(({ label, value }) => row(label, value))}
${row(texts.dueDate, shownDate(bill.dueOn, texts))}
${row(texts.billNumber, bill.billId)}
</dl>`;
  return { ...frameOf(bill), language, title: texts.billTitle(bill.title), main };
}

/** What every page of a bill has around it. */
export function frameOf(bill: BillPage): Pick<Page, 'merchantName' | 'sandbox' | 'path'> {
  return { merchantName: bill.merchantName, sandbox: bill.sandbox, path: `/bills/${bill.billId}` };
}

/** The collection's picture; its title stands beside it, so it says nothing by itself. */
export function logo(bill: BillPage): Html | null {
  return bill.logo === null
    ? null
    : html`<img class="logo" src="${bill.logo}" alt="" width="40" height="40">\n`;
}

export function row(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
}

export function splitHeader({ splitHeader: names }: BillPage, texts: Texts): Html | null {
  return names.length === 0
    ? null
    : html`<p class="quiet small">${texts.inCooperationWith}: ${names.join(', ')}</p>`;
}

function paymentForm(
  bill: BillPage,
  texts: Texts,
  form: { amount: string; chosen: Choice | null; hasProblem: boolean },
): Html {
  return html`${bill.pending && pendingNotice(texts)}
<form method="post" action="/bills/${bill.billId}/payments">
<label for="bank">${texts.bankLabel}</label>
<select id="bank" name="bank" required${form.hasProblem && html` aria-describedby="problem"`}>
<option value="">${texts.bankPlaceholder}</option>
${options(bill.offers, texts, form.chosen)}
</select>
${bill.pending && confirmation(texts)}
<button class="button" type="submit">${texts.pay(form.amount)}</button>
<p class="quiet small">${texts.leavesForBank}</p>
</form>`;
}

function pendingNotice(texts: Texts): Html {
  return html`<div class="notice" role="status"><h2>${texts.pendingTitle}</h2><p>${texts.pendingNotice}</p></div>`;
}

function confirmation(texts: Texts): Html {
  return html`<label class="check"><input type="checkbox" name="confirmed" value="yes" required> <span>${texts.payAgain}</span></label>`;
}

/** Banks first, under their heading; every method that is its own bank comes after them. */
function options(offers: readonly Offer[], texts: Texts, chosen: Choice | null): Html[] {
  const [banking, others] = [offers.filter(hasBanks), offers.filter((offer) => !hasBanks(offer))];
  return [
    ...banking.map((offer) =>
      group(offer.method.code === 'fpx' ? texts.onlineBanking : offer.method.name, [offer]),
    ),
    ...(others.length > 0 ? [group(texts.otherMethods, others)] : []),
  ];

  function group(label: string, members: readonly Offer[]): Html {
    return html`<optgroup label="${label}">\n${members.flatMap(optionsOf)}</optgroup>\n`;
  }

  function optionsOf({ method, banks }: Offer): Html[] {
    return banks.map(({ code, name }) => {
      const isChosen = chosen?.method === method.code && chosen.bankCode === code;
      return html`<option value="${method.code}:${code}"${isChosen && html` selected`}>${name}</option>\n`;
    });
  }
}

function hasBanks({ banks }: Offer): boolean {
  return banks.length > 1;
}
