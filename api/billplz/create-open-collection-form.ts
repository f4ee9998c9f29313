import { z } from 'zod';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import type { CreateOpenCollectionInput } from '#services/collection/create-open.ts';
import { billplzForm, type FormRule } from '../http/billplz-form.ts';
import { AMOUNT_MAX, amount, bool, integer, oneOf, type Scalar, text, url } from '../http/scalars.ts';
import { picture } from './picture-part.ts';
import { SPLIT_PAYMENTS_RULES, splitPayment, splitPayments, splitsOf } from './split-forms.ts';

type ReadAmount = { readonly value: number } | { readonly bad: string };

/** What was sent as the amount; whether it counts is told by `fixed_amount`. */
function amountIfFixed(): Scalar<ReadAmount> {
  const required = amount();
  const reader = z.unknown().transform((raw): ReadAmount => {
    const result = required.safeParse(raw);
    if (result.success) return { value: result.data };
    const [issue] = result.error.issues;
    const { predicate = PREDICATE.invalid } = (issue as { params?: { predicate?: string } }).params ?? {};
    return { bad: predicate };
  });
  const schema = { type: 'integer', minimum: 1, maximum: AMOUNT_MAX } as const;
  return z.optional(reader).meta(schema) as unknown as Scalar<ReadAmount>;
}

const AMOUNT_RULES = [
  PREDICATE.blank,
  PREDICATE.notANumber,
  PREDICATE.notAnInteger,
  PREDICATE.notPositive,
  PREDICATE.tooGreat(AMOUNT_MAX),
].map(
  (predicate): FormRule<{ amount: ReadAmount; fixed_amount: unknown }> => ({
    path: ['amount'],
    predicate,
    holds: ({ amount: sent, fixed_amount: counts }) =>
      counts !== true || !('bad' in sent) || sent.bad !== predicate,
  }),
);

/** In the order of the table, which is the order of the sentences. Source: billplz-api.md 2.2. */
const terms = {
  title: text({ max: 50 }),
  description: text({ max: 200 }),
  amount: amountIfFixed(),
  fixed_amount: bool({ absent: true }),
  fixed_quantity: bool({ absent: true }),
  payment_button: oneOf(['buy', 'pay'], { absent: 'pay' as const }),
  reference_1_label: text({ max: 20, absent: null }),
  reference_2_label: text({ max: 20, absent: null }),
  email_link: url({ absent: null }),
  tax: integer({ max: 100, absent: null }),
  photo: picture(),
};

export const CreateOpenCollectionV3Form = billplzForm(
  { ...terms, split_payment: splitPayment },
  ...AMOUNT_RULES,
);

/** `redirect_uri` is ours. */
export const CreateOpenCollectionV4Form = billplzForm(
  {
    ...terms,
    split_payments: splitPayments,
    split_header: bool({ absent: false }),
    redirect_uri: url({ absent: null }),
  },
  ...AMOUNT_RULES,
  ...SPLIT_PAYMENTS_RULES,
);

type V3 = ReturnType<typeof CreateOpenCollectionV3Form.parse>;
type V4 = ReturnType<typeof CreateOpenCollectionV4Form.parse>;
type OpenCollectionInput = z.input<typeof CreateOpenCollectionInput>;

export function openFromV3(form: V3): OpenCollectionInput {
  const { split_header: splitHeader, ...split } = form.split_payment;
  return { ...termsOf(form), redirectUri: null, splitHeader, splits: splitsOf([split]) };
}

export function openFromV4(form: V4): OpenCollectionInput {
  return {
    ...termsOf(form),
    redirectUri: form.redirect_uri,
    splitHeader: form.split_header,
    splits: splitsOf(form.split_payments),
  };
}

function termsOf(form: V3 | V4) {
  return {
    title: form.title,
    description: form.description,
    amountSen: form.fixed_amount && 'value' in form.amount ? form.amount.value : null,
    fixedQuantity: form.fixed_quantity,
    paymentButton: form.payment_button,
    reference1Label: form.reference_1_label,
    reference2Label: form.reference_2_label,
    emailLink: form.email_link,
    tax: form.tax,
  };
}
