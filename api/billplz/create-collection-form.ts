import type { z } from 'zod';
import type { CreateCollectionInput } from '#services/collection/create.ts';
import { billplzForm } from '../http/billplz-form.ts';
import { bool, text } from '../http/scalars.ts';
import { picture } from './picture-part.ts';
import { SPLIT_PAYMENTS_RULES, splitPayment, splitPayments, splitsOf } from './split-forms.ts';

const title = text({ max: 255 });
const logo = picture();

/** Source: billplz-api.md 2.1, 3.7. */
export const CreateCollectionV3Form = billplzForm({ title, logo, split_payment: splitPayment });

export const CreateCollectionV4Form = billplzForm(
  { title, logo, split_payments: splitPayments, split_header: bool({ absent: false }) },
  ...SPLIT_PAYMENTS_RULES,
);

type CollectionInput = z.input<typeof CreateCollectionInput>;

export function fromV3(form: ReturnType<typeof CreateCollectionV3Form.parse>): CollectionInput {
  const { split_header: splitHeader, ...split } = form.split_payment;
  return { title: form.title, splitHeader, splits: splitsOf([split]) };
}

export function fromV4(form: ReturnType<typeof CreateCollectionV4Form.parse>): CollectionInput {
  return { title: form.title, splitHeader: form.split_header, splits: splitsOf(form.split_payments) };
}
