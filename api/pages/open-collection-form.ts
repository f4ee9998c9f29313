import { PREDICATE } from '#domain/billplz-sentence.ts';
import { openTotal, parseRinggit, QUANTITY_MAX } from '#domain/open-amount.ts';
import type { OpenFormPage } from '#services/collection/open-form.ts';
import { email, mobile, type Scalar, text } from '../http/scalars.ts';

export const FIELDS = [
  'amount',
  'quantity',
  'reference_1',
  'reference_2',
  'name',
  'email',
  'mobile',
] as const;
export type Field = (typeof FIELDS)[number];
export type FieldProblem = 'required' | 'tooLong' | 'amount' | 'tooMuch' | 'quantity' | 'email' | 'mobile';

/** What a payer typed, by field, and what is wrong with it. */
export interface Sent {
  readonly typed: Readonly<Record<Field, string>>;
  readonly problems: Readonly<Partial<Record<Field, FieldProblem>>>;
}

/** A form without mistakes, as the service takes it. */
export interface Filled {
  readonly amountSen: number | null;
  readonly quantity: number | null;
  readonly name: string;
  readonly email: string;
  readonly mobile: string | null;
  readonly reference1: string | null;
  readonly reference2: string | null;
}

/** Nothing was sent yet. */
export const UNTOUCHED: Sent = {
  typed: { amount: '', quantity: '1', reference_1: '', reference_2: '', name: '', email: '', mobile: '' },
  problems: {},
};

/** Reads what the collection's form asks; fields that it does not ask are not looked at. Source: billplz-api.md 3.8. */
export function readOpenCollectionForm(
  fields: URLSearchParams,
  { form }: OpenFormPage,
): Sent & { filled: Filled | null } {
  const typed = Object.fromEntries(FIELDS.map((field) => [field, fields.get(field) ?? ''])) as Sent['typed'];
  const problems: Partial<Record<Field, FieldProblem>> = {};

  function read<T>(field: Field, reader: Scalar<T>, otherwise: FieldProblem): T | null {
    const result = reader.safeParse(typed[field]);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const { predicate } = (issue as { params?: { predicate?: string } } | undefined)?.params ?? {};
    problems[field] = predicate === PREDICATE.blank ? 'required' : otherwise;
    return null;
  }

  const amountSen = form.amountSen === null ? readAmount() : null;
  const quantity = form.fixedQuantity ? null : readQuantity();
  const optionalText = text({ max: 120, absent: null });
  const reference1 = form.reference1Label === null ? null : read('reference_1', optionalText, 'tooLong');
  const reference2 = form.reference2Label === null ? null : read('reference_2', optionalText, 'tooLong');
  const name = read('name', text({ max: 255 }), 'tooLong');
  const address = read('email', email(), 'email');
  const number = read('mobile', mobile({ absent: null }), 'mobile');
  checkTotal();
  const isFilled = name !== null && address !== null && Object.keys(problems).length === 0;
  const filled = isFilled
    ? { amountSen, quantity, reference1, reference2, name, email: address, mobile: number }
    : null;
  return { typed, problems, filled };

  function readAmount(): number | null {
    const sen = parseRinggit(typed.amount);
    if (sen !== null && sen > 0) return sen;
    problems.amount = typed.amount.trim() === '' ? 'required' : 'amount';
    return null;
  }

  function readQuantity(): number | null {
    const sent = typed.quantity.trim();
    if (/^\d{1,3}$/.test(sent) && Number(sent) >= 1 && Number(sent) <= QUANTITY_MAX) return Number(sent);
    problems.quantity = sent === '' ? 'required' : 'quantity';
    return null;
  }

  function checkTotal(): void {
    const each = form.amountSen ?? parseRinggit(amountSen === null ? '' : typed.amount);
    const times = form.fixedQuantity ? 1 : quantity;
    if (each === null || times === null) return;
    if (openTotal({ amountSen: each, quantity: times, tax: form.tax })) return;
    problems[form.amountSen === null ? 'amount' : 'quantity'] = 'tooMuch';
  }
}
