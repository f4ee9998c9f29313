import { expect, test } from 'vitest';
import { InvalidForm, jsonSchemaOf } from '../http/billplz-form.ts';
import type { Params } from '../http/params.ts';
import {
  CreateOpenCollectionV3Form,
  CreateOpenCollectionV4Form,
  openFromV3,
  openFromV4,
} from './create-open-collection-form.ts';

const LEAST = {
  title: 'My First API Open Collection',
  description: 'Maecenas eu placerat ante.',
  amount: '299',
};

function sentences(params: Params, form: { parse(params: Params): unknown } = CreateOpenCollectionV3Form) {
  try {
    form.parse(params);
  } catch (error) {
    if (error instanceof InvalidForm) return error.sentences;
    throw error;
  }
  return [];
}

test('title, description and amount are enough; all else has its default', () => {
  expect(openFromV3(CreateOpenCollectionV3Form.parse(LEAST))).toEqual({
    title: 'My First API Open Collection',
    description: 'Maecenas eu placerat ante.',
    amountSen: 299,
    fixedQuantity: true,
    paymentButton: 'pay',
    reference1Label: null,
    reference2Label: null,
    emailLink: null,
    tax: null,
    redirectUri: null,
    splitHeader: false,
    splits: [],
  });
});

test('an open amount is null, whatever was sent as the amount', () => {
  for (const amount of [null, '299', 'abc', -1, [], '99999999999999']) {
    const form = CreateOpenCollectionV3Form.parse({ ...LEAST, amount, fixed_amount: 'false' });
    expect(openFromV3(form).amountSen).toBeNull();
  }
});

test.each([
  [null, "Amount can't be blank"],
  ['abc', 'Amount is not a number'],
  ['1.5', 'Amount must be an integer'],
  ['0', 'Amount must be greater than 0'],
  ['100000000000', 'Amount must be less than or equal to 99999999999'],
  [['1'], 'Amount is not a number'],
])('a fixed amount of %j is refused: %s', (amount, sentence) => {
  expect(sentences({ ...LEAST, amount })).toEqual([sentence]);
});

test('of a mode that is neither true nor false, the amount is not judged', () => {
  expect(sentences({ ...LEAST, amount: null, fixed_amount: 'maybe' })).toEqual([
    'Fixed amount is not included in the list',
  ]);
});

test('every bad parameter has one sentence, in the order of the table', () => {
  const bad = {
    title: 'x'.repeat(51),
    description: 'x'.repeat(201),
    fixed_quantity: 'some',
    payment_button: 'donate',
    reference_1_label: 'x'.repeat(21),
    reference_2_label: 'x'.repeat(21),
    email_link: 'javascript:alert(1)',
    tax: '101',
    photo: 'https://example.com/photo.png',
    split_payment: { fixed_cut: '1' },
  };
  expect(sentences(bad)).toEqual([
    'Title is too long (maximum is 50 characters)',
    'Description is too long (maximum is 200 characters)',
    "Amount can't be blank",
    'Fixed quantity is not included in the list',
    'Payment button is not included in the list',
    'Reference 1 label is too long (maximum is 20 characters)',
    'Reference 2 label is too long (maximum is 20 characters)',
    'Email link is invalid',
    'Tax must be less than or equal to 100',
    'Photo is invalid',
    "Split payment email can't be blank",
  ]);
});

test('v4 knows two recipients and a redirect_uri', () => {
  const split_payments = [
    { email: 'A@a.test', fixed_cut: '100', stack_order: '0' },
    { email: 'b@b.test', variable_cut: 20, stack_order: 1 },
  ];
  const sent = { ...LEAST, split_payments, split_header: 'true', redirect_uri: 'https://a.test/back?x=1' };
  expect(openFromV4(CreateOpenCollectionV4Form.parse(sent))).toMatchObject({
    splitHeader: true,
    redirectUri: 'https://a.test/back?x=1',
    splits: [
      { email: 'a@a.test', fixedCut: 100, variableCut: null },
      { email: 'b@b.test', fixedCut: null, variableCut: 20 },
    ],
  });
  expect(sentences({ ...sent, redirect_uri: '/back' }, CreateOpenCollectionV4Form)).toEqual([
    'Redirect uri is invalid',
  ]);
});

test('the schema that validates tells OpenAPI what may be left out', () => {
  expect(jsonSchemaOf(CreateOpenCollectionV4Form.schema)).toMatchObject({
    required: ['title', 'description'],
    properties: {
      amount: { type: 'integer', minimum: 1, maximum: 99_999_999_999 },
      fixed_amount: { type: 'boolean', default: true },
      photo: { type: 'string', format: 'binary' },
    },
  });
});
