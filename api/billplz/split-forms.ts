import { PREDICATE } from '#domain/billplz-sentence.ts';
import { type FormRule, group, rows } from '../http/billplz-form.ts';
import { AMOUNT_MAX, bool, email, id, integer } from '../http/scalars.ts';

interface Split {
  readonly email: string | null;
  readonly fixed_cut: number | null;
  readonly variable_cut: number | null;
}

const split = {
  email: email({ absent: null }),
  fixed_cut: integer({ max: AMOUNT_MAX, absent: null }),
  variable_cut: integer({ max: 100, absent: null }),
};

const hasCut = (value: Split) => value.fixed_cut !== null || value.variable_cut !== null;

/**
 * v3: one recipient at most, with `split_header` inside. An e-mail is needed where a cut is, and a cut where an e-mail
 * is. Source: billplz-api.md 3.7.
 */
export const splitPayment = group(
  { ...split, split_header: bool({ absent: false }) },
  { path: ['email'], predicate: PREDICATE.blank, holds: (value) => value.email !== null || !hasCut(value) },
  {
    path: ['fixed_cut'],
    predicate: PREDICATE.blank,
    holds: (value) => value.email === null || hasCut(value),
  },
);

/** Read as text: `00` is 0, and what is no number at all is out of order. */
const stackOrder = id({ absent: null }).meta({ type: 'integer', minimum: 0, maximum: 1 });

type V4Split = Split & { readonly stack_order: string | null };

const isSent = (row: V4Split) => row.email !== null || row.stack_order !== null || hasCut(row);

/** v4: at most two recipients, whose `stack_order` counts from 0 in the order of the list. */
export const splitPayments = rows(
  { ...split, stack_order: stackOrder },
  { max: 2, of: 'recipients' },
  { path: ['email'], predicate: PREDICATE.blank, holds: (row) => row.email !== null || !isSent(row) },
  { path: ['fixed_cut'], predicate: PREDICATE.blank, holds: (row) => hasCut(row) || !isSent(row) },
  {
    path: ['stack_order'],
    predicate: PREDICATE.blank,
    holds: (row) => row.stack_order !== null || !isSent(row),
  },
);

/** What holds among the recipients of v4. */
export const SPLIT_PAYMENTS_RULES: readonly FormRule<{ readonly split_payments: unknown }>[] = [
  {
    path: ['split_payments'],
    predicate: 'stack order is invalid',
    holds: ({ split_payments }) => inOrder(split_payments),
  },
  {
    path: ['split_payments'],
    predicate: `variable cut ${PREDICATE.tooGreat(100)}`,
    holds: ({ split_payments }) => isWithinWhole(split_payments),
  },
];

/** A row whose order is missing has its own sentence. */
function inOrder(sent: unknown): boolean {
  if (!Array.isArray(sent)) return true;
  return (sent as V4Split[])
    .filter(isSent)
    .every(
      (row, index) =>
        row.stack_order === null || (/^0*\d$/.test(row.stack_order) && Number(row.stack_order) === index),
    );
}

function isWithinWhole(sent: unknown): boolean {
  if (!Array.isArray(sent)) return true;
  return (sent as V4Split[]).reduce((sum, row) => sum + cutOf(row), 0) <= 100;
}

/** A cut that was refused by itself counts nothing. */
function cutOf({ variable_cut: cut }: V4Split): number {
  return typeof cut === 'number' ? cut : 0;
}

interface SplitInput {
  readonly email: string;
  readonly fixedCut: number | null;
  readonly variableCut: number | null;
}

/** Merchants are known by their e-mail in lower case. */
export function splitsOf(sent: readonly Split[]): SplitInput[] {
  return sent.flatMap((row) =>
    row.email === null
      ? []
      : [{ email: row.email.toLowerCase(), fixedCut: row.fixed_cut, variableCut: row.variable_cut }],
  );
}
