import { formatSen } from '#domain/money.ts';
import { openTotal, QUANTITY_MAX } from '#domain/open-amount.ts';
import type { OpenFormPage } from '#services/collection/open-form.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import type { Page } from './layout.ts';
import { FIELDS, type Field, type FieldProblem, type Sent, UNTOUCHED } from './open-collection-form.ts';
import { OPEN_COLLECTION_TEXTS, type OpenCollectionTexts } from './open-collection-texts.ts';
import { TEXTS } from './texts.ts';

/** The payment form of an open collection. Source: billplz-api.md 3.8 and 6. */
export function openCollectionView(page: OpenFormPage, language: Language, sent: Sent = UNTOUCHED): Page {
  const texts = OPEN_COLLECTION_TEXTS[language];
  const { form } = page;
  const hasMistakes = FIELDS.some((field) => sent.problems[field] !== undefined);
  const input = (field: Field, label: string, how: InputHow = {}) => inputOf(field, label, sent, texts, how);
  const optional = { hint: texts.optional };
  const main = html`<h1>${page.title}</h1>
${page.photo && html`<img class="photo" src="${page.photo}" alt="">`}
<p>${form.description}</p>
${
  page.splitHeader.length > 0 &&
  html`<p class="quiet small">${TEXTS[language].inCooperationWith}: ${page.splitHeader.join(', ')}</p>`
}
${hasMistakes && html`<div class="notice bad" role="alert"><p>${texts.mistakes}</p></div>`}
${price(page, texts)}
<form method="post" action="/${page.collectionId}" novalidate>
${
  form.amountSen === null &&
  input('amount', texts.amount('RM'), { hint: texts.amountHint, mode: 'decimal', required: true })
}
${!form.fixedQuantity && input('quantity', texts.quantity, { mode: 'numeric', required: true })}
${form.tax !== null && !isWhole(page) && html`<p class="quiet small">${texts.taxToCome(form.tax)}</p>`}
${form.reference1Label !== null && input('reference_1', form.reference1Label, { ...optional, longest: 120 })}
${form.reference2Label !== null && input('reference_2', form.reference2Label, { ...optional, longest: 120 })}
${input('name', texts.name, { required: true, longest: 255, complete: 'name' })}
${input('email', texts.email, { required: true, type: 'email', longest: 255, complete: 'email' })}
${input('mobile', texts.mobile, { ...optional, type: 'tel', complete: 'tel' })}
<button class="button" type="submit">${texts.buttons[form.paymentButton]}</button>
<p class="quiet small">${texts.nextStep}</p>
</form>`;
  return { ...frameOf(page), language, title: page.title, main };
}

/** Source: billplz-api.md 6, "inactive". */
export function closedView(page: OpenFormPage, language: Language): Page {
  const texts = OPEN_COLLECTION_TEXTS[language];
  const main = html`<h1>${page.title}</h1>
<div class="notice" role="status"><h2>${texts.closedTitle}</h2><p>${texts.closedText(page.merchantName)}</p></div>`;
  return { ...frameOf(page), language, title: page.title, main };
}

function frameOf(page: OpenFormPage): Pick<Page, 'merchantName' | 'sandbox' | 'path'> {
  return { merchantName: page.merchantName, sandbox: page.sandbox, path: `/${page.collectionId}` };
}

/** Nothing is left to the payer: the amount is known before anything is typed. */
function isWhole({ form }: OpenFormPage): boolean {
  return form.amountSen !== null && form.fixedQuantity;
}

function price(page: OpenFormPage, texts: OpenCollectionTexts): Html | null {
  const { form, currency } = page;
  if (form.amountSen === null) return null;
  const whole = isWhole(page) ? openTotal({ amountSen: form.amountSen, quantity: 1, tax: form.tax }) : null;
  const label = whole ? texts.total : texts.unitPrice;
  const shown = formatSen(whole?.totalSen ?? form.amountSen, currency);
  return html`<p class="amount"><span class="label">${label}</span><span class="value">${shown}</span></p>
${whole && form.tax !== null && html`<p class="quiet small">${texts.tax(form.tax, formatSen(whole.taxSen, currency))}</p>`}`;
}

interface InputHow {
  readonly hint?: string;
  readonly mode?: 'decimal' | 'numeric';
  readonly type?: 'email' | 'tel';
  readonly required?: boolean;
  readonly longest?: number;
  readonly complete?: 'name' | 'email' | 'tel';
}

function inputOf(field: Field, label: string, sent: Sent, texts: OpenCollectionTexts, how: InputHow): Html {
  const problem = sent.problems[field];
  return html`<div class="entry">
<label for="${field}">${label}${how.hint !== undefined && html` <span class="quiet small">(${how.hint})</span>`}</label>
<input class="field" id="${field}" name="${field}" type="${how.type ?? 'text'}" value="${sent.typed[field]}"${
    how.mode && html` inputmode="${how.mode}"`
  }${how.longest && html` maxlength="${how.longest}"`}${how.complete && html` autocomplete="${how.complete}"`}${
    how.required && html` required`
  }${problem && html` aria-invalid="true" aria-describedby="${field}-problem"`}>
${problem && html`<p class="problem" id="${field}-problem">${sentenceOf(problem, texts)}</p>`}
</div>\n`;
}

function sentenceOf(problem: FieldProblem, { problems }: OpenCollectionTexts): string {
  return problem === 'quantity' ? problems.quantity(QUANTITY_MAX) : problems[problem];
}
