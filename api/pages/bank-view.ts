import { formatSen, sen } from '#domain/money.ts';
import type { BankPage } from '#services/inbound/bank-session.ts';
import type { BankButton } from '#services/inbound/sandbox-bank.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import type { Page } from './layout.ts';
import { row } from './bill-view.ts';
import { leavingUrl } from './go-on-page.ts';
import { TEXTS, type Texts } from './texts.ts';

/** The page that plays the bank. Source: gateways.md 2, "Online banking". */
export function bankView({ session, merchantName }: BankPage, language: Language): Page {
  const texts = TEXTS[language];
  const path = `/sandbox/banking/${session.id}`;
  const amount = formatSen(sen(session.amountMinor), session.currency);
  const main = html`<h1>${texts.bankTitle}</h1>
<p class="quiet">${texts.bankNotice} ${texts.bankSandbox}</p>
<p class="amount"><span class="label">${texts.amountToPay}</span><span class="value">${amount}</span></p>
<dl>
${row(texts.paidTo, merchantName)}
${row(texts.bank, session.bankCode)}
</dl>
${stateOf(session, texts, path)}`;
  return { language, title: texts.bankTitle, merchantName, sandbox: true, path, main };
}

function stateOf(session: BankPage['session'], texts: Texts, path: string): Html {
  const { bankButtons: names } = texts;
  switch (session.state) {
    case 'open':
      return buttons(path, [
        ['success', names.success],
        ['fail', names.fail],
        ['pending', names.pending],
      ]);
    case 'pending':
      return html`<div class="notice" role="status"><p>${texts.bankPending}</p></div>
${buttons(path, [
  ['success', names.settleSuccess],
  ['fail', names.settleFail],
])}
${wayBack(session.returnUrl, texts)}`;
    case 'abandoned':
      return html`<div class="notice" role="status"><p>${texts.bankDone.abandoned} ${texts.bankAbandonedButOpen}</p></div>
${buttons(path, [
  ['success', names.settleSuccess],
  ['fail', names.settleFail],
])}
${wayBack(session.returnUrl, texts)}`;
    case 'paid':
    case 'failed':
      return html`<div class="notice" role="status"><p>${texts.bankDone[session.state]}</p></div>
${wayBack(session.returnUrl, texts)}`;
  }
}

function buttons(path: string, named: readonly (readonly [BankButton, string])[]): Html {
  const list = named.map(
    ([button, name], index) =>
      html`<button class="button${index > 0 && ' second'}" type="submit" name="button" value="${button}">${name}</button>\n`,
  );
  return html`<form method="post" action="${path}">\n${list}</form>`;
}

function wayBack(returnUrl: string, texts: Texts): Html {
  return html`<p><a class="button second" href="${leavingUrl(returnUrl)}">${texts.backToMerchant}</a></p>`;
}
