import { expect, test } from 'vitest';
import { InvalidForm, jsonSchemaOf } from '../http/billplz-form.ts';
import { parseJsonBody } from '../http/merge-params.ts';
import type { Params } from '../http/params.ts';
import { parseQuery } from '../http/rack-params.ts';
import { CreateBillForm } from './create-bill-form.ts';

const GOOD = {
  collection_id: 'inbmmepb',
  description: 'Maecenas eu placerat ante.',
  email: 'api@billplz.com',
  name: 'Michael API V3',
  amount: '200',
  callback_url: 'http://example.com/webhook/',
};

function sentences(changed: Params, without: readonly string[] = []): readonly string[] {
  const params = Object.fromEntries(
    Object.entries({ ...GOOD, ...changed }).filter(([name]) => !without.includes(name)),
  );
  try {
    CreateBillForm.parse(params);
    return [];
  } catch (error) {
    if (error instanceof InvalidForm) return error.sentences;
    throw error;
  }
}

test('the seed: required arguments only', () => {
  expect(CreateBillForm.parse(GOOD)).toEqual({
    collection_id: 'inbmmepb',
    email: 'api@billplz.com',
    mobile: null,
    name: 'Michael API V3',
    amount: 200,
    callback_url: 'http://example.com/webhook/',
    description: 'Maecenas eu placerat ante.',
    due_at: null,
    redirect_url: null,
    deliver: false,
    reference_1_label: 'Reference 1',
    reference_1: null,
    reference_2_label: 'Reference 2',
    reference_2: null,
  });
});

test('the seed: all arguments, as a form and as JSON alike', () => {
  const form =
    'collection_id=inbmmepb&email=api@billplz.com&name=Michael+API+V3&amount=200&due_at=2020-12-31&' +
    'callback_url=http://example.com/webhook/&description=Maecenas+eu+placerat+ante.&mobile=%2B60112223333&' +
    'reference_1_label=First+Name&reference_2_label=Last+Name&reference_1=Jordan&reference_2=Michael&deliver=false&' +
    'redirect_url=http://example.com/redirect/';
  const json = JSON.stringify({ ...parseQuery(form), amount: 200, deliver: false });
  const expected = {
    ...GOOD,
    amount: 200,
    mobile: '+60112223333',
    due_at: '2020-12-31',
    redirect_url: 'http://example.com/redirect/',
    deliver: false,
    reference_1_label: 'First Name',
    reference_1: 'Jordan',
    reference_2_label: 'Last Name',
    reference_2: 'Michael',
  };
  expect(CreateBillForm.parse(parseQuery(form))).toEqual(expected);
  expect(CreateBillForm.parse(parseJsonBody(new TextEncoder().encode(json)))).toEqual(expected);
});

test.each<[string, Params, string]>([
  ['collection_id blank', { collection_id: ' ' }, "Collection can't be blank"],
  ['email without domain', { email: 'api' }, 'Email is invalid'],
  ['email without a dot', { email: 'api@billplz' }, 'Email is invalid'],
  ['email too long', { email: `${'a'.repeat(251)}@b.co` }, 'Email is invalid'],
  ['mobile impossible', { mobile: '123' }, 'Mobile is invalid'],
  ['name blank', { name: '' }, "Name can't be blank"],
  ['name too long', { name: 'a'.repeat(256) }, 'Name is too long (maximum is 255 characters)'],
  ['amount blank', { amount: null }, "Amount can't be blank"],
  ['amount no number', { amount: 'RM2' }, 'Amount is not a number'],
  ['amount a fraction', { amount: 2.5 }, 'Amount must be an integer'],
  ['amount zero', { amount: 0 }, 'Amount must be greater than 0'],
  ['amount negative', { amount: '-200' }, 'Amount must be greater than 0'],
  ['amount too great', { amount: '100000000000' }, 'Amount must be less than or equal to 99999999999'],
  ['amount a list', { amount: ['1'] }, 'Amount is not a number'],
  ['callback_url blank', { callback_url: '' }, "Callback url can't be blank"],
  [
    'callback_url too long',
    { callback_url: 'a'.repeat(2_049) },
    'Callback url is too long (maximum is 2048 characters)',
  ],
  ['description blank', { description: '\n' }, "Description can't be blank"],
  [
    'description too long',
    { description: 'é'.repeat(201) },
    'Description is too long (maximum is 200 characters)',
  ],
  ['due_at no date', { due_at: '2023-02-29' }, 'Due at is invalid'],
  ['due_at too far', { due_at: '3000-01-01' }, 'Due at is invalid'],
  ['redirect_url no URL', { redirect_url: 'example.com' }, 'Redirect url is invalid'],
  ['redirect_url of a script', { redirect_url: 'javascript:alert(1)' }, 'Redirect url is invalid'],
  ['deliver neither', { deliver: 'maybe' }, 'Deliver is not included in the list'],
  [
    'reference_1_label too long',
    { reference_1_label: 'a'.repeat(21) },
    'Reference 1 label is too long (maximum is 20 characters)',
  ],
  [
    'reference_1 too long',
    { reference_1: 'a'.repeat(121) },
    'Reference 1 is too long (maximum is 120 characters)',
  ],
  [
    'reference_2_label too long',
    { reference_2_label: 'a'.repeat(21) },
    'Reference 2 label is too long (maximum is 20 characters)',
  ],
  [
    'reference_2 too long',
    { reference_2: 'a'.repeat(121) },
    'Reference 2 is too long (maximum is 120 characters)',
  ],
])('%s: one exact sentence', (_what, changed, sentence) => {
  expect(sentences(changed)).toEqual([sentence]);
});

test('an empty request names every required parameter, in table order', () => {
  expect(sentences({}, Object.keys(GOOD))).toEqual([
    "Collection can't be blank",
    "Email can't be blank",
    "Mobile can't be blank",
    "Name can't be blank",
    "Amount can't be blank",
    "Callback url can't be blank",
    "Description can't be blank",
  ]);
});

test('either e-mail or mobile is enough', () => {
  expect(sentences({ mobile: '0112223333' }, ['email'])).toEqual([]);
  expect(sentences({}, ['mobile'])).toEqual([]);
  expect(sentences({ email: '', mobile: ' ' })).toEqual(["Email can't be blank", "Mobile can't be blank"]);
});

test('a bad e-mail is not a missing one: mobile is not asked for', () => {
  expect(sentences({ email: 'api', mobile: '' })).toEqual(['Email is invalid']);
});

test('both missing is said beside other faults, in its place', () => {
  expect(sentences({ amount: 'x', collection_id: '' }, ['email'])).toEqual([
    "Collection can't be blank",
    "Email can't be blank",
    "Mobile can't be blank",
    'Amount is not a number',
  ]);
});

test.each(['not a url', ' http://example.com ', 'http://127.0.0.1/', 'ftp://x'])(
  'callback_url "%s" is any text, kept as sent',
  (callback_url) => {
    expect(CreateBillForm.parse({ ...GOOD, callback_url }).callback_url).toBe(callback_url);
  },
);

test('limits are exact: the longest of each is taken', () => {
  const longest = {
    name: '😀'.repeat(255),
    amount: '99999999999',
    callback_url: 'a'.repeat(2_048),
    description: 'a'.repeat(200),
    due_at: '2999-12-31',
    reference_1_label: 'a'.repeat(20),
    reference_1: 'a'.repeat(120),
    reference_2_label: 'a'.repeat(20),
    reference_2: 'a'.repeat(120),
  };
  expect(CreateBillForm.parse({ ...GOOD, ...longest })).toMatchObject({ ...longest, amount: 99_999_999_999 });
});

test('blank optional parameters are absent, a past due day is fine', () => {
  const blanks = {
    mobile: '',
    redirect_url: '',
    deliver: '',
    reference_1_label: '',
    reference_1: ' ',
    due_at: '2015-3-9',
  };
  expect(CreateBillForm.parse({ ...GOOD, ...blanks })).toMatchObject({
    mobile: null,
    redirect_url: null,
    deliver: false,
    reference_1_label: 'Reference 1',
    reference_1: null,
    due_at: '2015-03-09',
  });
});

test('the JSON Schema of the form names what is required', () => {
  const schema = jsonSchemaOf(CreateBillForm.schema);
  expect(schema).toMatchObject({
    type: 'object',
    required: ['collection_id', 'name', 'amount', 'callback_url', 'description'],
    properties: {
      amount: { type: 'integer', minimum: 1, maximum: 99_999_999_999 },
      due_at: { type: 'string', format: 'date' },
      reference_1_label: { type: 'string', maxLength: 20, default: 'Reference 1' },
    },
  });
});
