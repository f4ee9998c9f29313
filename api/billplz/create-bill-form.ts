import type { z } from 'zod';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import { URL_MAX } from '#domain/callback-url.ts';
import type { CreateBillInput } from '#services/bill/create.ts';
import { billplzForm } from '../http/billplz-form.ts';
import { amount, bool, date, email, id, mobile, text, url } from '../http/scalars.ts';
import { requireId } from './endpoint.ts';

interface Recipient {
  readonly email: string | null;
  readonly mobile: string | null;
}

const hasRecipient = (values: Recipient): boolean => values.email !== null || values.mobile !== null;

/**
 * What makes a bill. `due_at` is `YYYY-MM-DD`, null for today; `amount` is sen; `callback_url` is any text, as sent.
 * Whether the collection is known is no matter of the form. Source: billplz-api.md 2.4.
 */
export const CreateBillForm = billplzForm(
  {
    collection_id: id(),
    email: email({ absent: null }),
    mobile: mobile({ absent: null }),
    name: text({ max: 255 }),
    amount: amount(),
    callback_url: text({ max: URL_MAX }),
    description: text({ max: 200 }),
    due_at: date({ absent: null }),
    redirect_url: url({ absent: null }),
    deliver: bool({ absent: false }),
    reference_1_label: text({ max: 20, absent: 'Reference 1' }),
    reference_1: text({ max: 120, absent: null }),
    reference_2_label: text({ max: 20, absent: 'Reference 2' }),
    reference_2: text({ max: 120, absent: null }),
  },
  { path: ['email'], predicate: PREDICATE.blank, holds: hasRecipient },
  { path: ['mobile'], predicate: PREDICATE.blank, holds: hasRecipient },
);

/** What the service takes of it. Refuses `not_found` for what cannot be a collection's id. */
export function toCreateBill(form: ReturnType<typeof CreateBillForm.parse>): z.input<typeof CreateBillInput> {
  return {
    collectionId: requireId(form.collection_id),
    email: form.email,
    mobile: form.mobile,
    name: form.name,
    amountSen: form.amount,
    callbackUrl: form.callback_url,
    description: form.description,
    dueOn: form.due_at,
    redirectUrl: form.redirect_url,
    deliver: form.deliver,
    reference1Label: form.reference_1_label,
    reference1: form.reference_1,
    reference2Label: form.reference_2_label,
    reference2: form.reference_2,
  };
}
