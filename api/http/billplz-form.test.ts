import { expect, test } from 'vitest';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import { type BillplzForm, billplzForm, group, InvalidForm, jsonSchemaOf, rows } from './billplz-form.ts';
import type { Params } from './params.ts';
import { parseQuery } from './rack-params.ts';
import { amount, bool, email, integer, text } from './scalars.ts';

const recipient = {
  email: email(),
  fixed_cut: amount({ absent: null }),
  variable_cut: integer({ max: 100, absent: null }),
};
const form = billplzForm(
  {
    title: text({ max: 5 }),
    split_header: bool({ absent: false }),
    split_payments: rows(recipient, { max: 2, of: 'recipients' }),
    note: text({ max: 5, absent: null }),
  },
  { path: ['split_header'], predicate: PREDICATE.taken, holds: ({ title }) => title !== 'taken' },
);

function sentences(read: BillplzForm<unknown>, params: Params): readonly string[] {
  try {
    read.parse(params);
  } catch (error) {
    if (error instanceof InvalidForm) return error.sentences;
    throw error;
  }
  return [];
}

test('a good form gives typed values, defaults for what is absent, and no unknown names', () => {
  const query =
    'title=t&split_payments[][email]=a@b.c&split_payments[][fixed_cut]=100&split_payments[][x]=1&other=1';
  expect(form.parse(parseQuery(query))).toEqual({
    title: 't',
    split_header: false,
    split_payments: [{ email: 'a@b.c', fixed_cut: 100, variable_cut: null }],
    note: null,
  });
});

test('sentences come in the order of the table, whatever the order of the request or of the rules', () => {
  const query = 'note=123456&split_payments[][fixed_cut]=x&split_header=maybe&title=taken';
  expect(sentences(form, parseQuery(query))).toEqual([
    'Split header is not included in the list',
    "Split payments email can't be blank",
    'Split payments fixed cut is not a number',
    'Note is too long (maximum is 5 characters)',
  ]);
});

test('a parameter gives one sentence, though a rule objects too', () => {
  expect(sentences(form, parseQuery('title=taken&split_header=maybe'))).toEqual([
    'Split header is not included in the list',
  ]);
  expect(sentences(form, parseQuery('title=taken'))).toEqual(['Split header has already been taken']);
});

test('two rows with the same fault give its sentence once', () => {
  expect(
    sentences(form, parseQuery('title=t&split_payments[][fixed_cut]=1&split_payments[][fixed_cut]=2')),
  ).toEqual(["Split payments email can't be blank"]);
});

test('too many rows are one sentence', () => {
  const query =
    'title=t&split_payments[][email]=a@b.c&split_payments[][email]=a@b.c&split_payments[][email]=a@b.c';
  expect(sentences(form, parseQuery(query))).toEqual([
    'Split payments is too long (maximum is 2 recipients)',
  ]);
});

test.each(['title=t', 'title=t&split_payments=', 'title=t&split_payments'])('%s: no rows', (query) => {
  expect(form.parse(parseQuery(query)).split_payments).toEqual([]);
});

test.each(['split_payments=1', 'split_payments[email]=a@b.c'])(
  '%s: rows of another shape are invalid',
  (query) => {
    expect(sentences(form, parseQuery(`title=t&${query}`))).toEqual(['Split payments is invalid']);
  },
);

test('a scalar where a row should be is invalid', () => {
  expect(sentences(form, parseQuery('title=t&split_payments[]=1'))).toEqual(['Split payments is invalid']);
});

test('a group reads nested names and says its parent first', () => {
  const nested = billplzForm({
    split_payment: group({ email: email({ absent: null }), fixed_cut: amount() }),
  });
  expect(nested.parse(parseQuery('split_payment[fixed_cut]=5'))).toEqual({
    split_payment: { email: null, fixed_cut: 5 },
  });
  expect(sentences(nested, {})).toEqual(["Split payment fixed cut can't be blank"]);
  expect(sentences(nested, parseQuery('split_payment=5'))).toEqual(['Split payment is invalid']);
});

test('nothing that an object inherits is a parameter', () => {
  const inherits = billplzForm({
    toString: text({ max: 5, absent: null }),
    constructor: text({ max: 5, absent: null }),
  });
  expect(inherits.parse({})).toEqual({ toString: null, constructor: null });
});

test('the same schema describes the form', () => {
  expect(jsonSchemaOf(form.schema)).toMatchObject({
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', maxLength: 5 },
      split_header: { type: 'boolean', default: false },
      split_payments: {
        type: 'array',
        items: {
          type: 'object',
          required: ['email'],
          properties: { email: { type: 'string', format: 'email' } },
        },
      },
    },
  });
});
