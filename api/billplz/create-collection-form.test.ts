import { expect, test } from 'vitest';
import { InvalidForm } from '../http/billplz-form.ts';
import { parseQuery } from '../http/rack-params.ts';
import { CreateCollectionV3Form, CreateCollectionV4Form, fromV3, fromV4 } from './create-collection-form.ts';

const v3 = (query: string) => fromV3(CreateCollectionV3Form.parse(parseQuery(query)));
const v4 = (query: string) => fromV4(CreateCollectionV4Form.parse(parseQuery(query)));

function sentences(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof InvalidForm) return error.sentences;
    throw error;
  }
}

test('a title is all that is needed, and is kept as sent', () => {
  expect(v3('title=+My+First+')).toEqual({ title: ' My First ', splitHeader: false, splits: [] });
  expect(v4('title=+My+First+')).toEqual({ title: ' My First ', splitHeader: false, splits: [] });
});

test('v3 takes one recipient, known by e-mail in lower case', () => {
  expect(
    v3(
      'title=A&split_payment[email]=Verified@Account.com&split_payment[fixed_cut]=100&split_payment[split_header]=true',
    ),
  ).toEqual({
    title: 'A',
    splitHeader: true,
    splits: [{ email: 'verified@account.com', fixedCut: 100, variableCut: null }],
  });
});

const ROW = 'split_payments[][email]=a@b.co&split_payments[][fixed_cut]=100&split_payments[][variable_cut]=2';
const OTHER = 'split_payments[][email]=c@d.co&split_payments[][variable_cut]=3';

test('v4 takes two recipients in the order of their stack_order', () => {
  expect(
    v4(
      `title=A&${ROW}&split_payments[][stack_order]=0&${OTHER}&split_payments[][stack_order]=1&split_header=1`,
    ),
  ).toEqual({
    title: 'A',
    splitHeader: true,
    splits: [
      { email: 'a@b.co', fixedCut: 100, variableCut: 2 },
      { email: 'c@d.co', fixedCut: null, variableCut: 3 },
    ],
  });
});

test('blank recipients are none', () => {
  expect(v3('title=A&split_payment[email]=&split_payment[fixed_cut]=').splits).toEqual([]);
  expect(v4('title=A&split_payments[][email]=&split_payments[][stack_order]=').splits).toEqual([]);
});

test.each([
  ['', ["Title can't be blank"]],
  [`title=${'a'.repeat(256)}`, ['Title is too long (maximum is 255 characters)']],
  ['title=A&logo=x', ['Logo is invalid']],
  ['title=A&split_payment[fixed_cut]=100', ["Split payment email can't be blank"]],
  ['title=A&split_payment[email]=a@b.co', ["Split payment fixed cut can't be blank"]],
  ['title=A&split_payment[email]=ab.co&split_payment[fixed_cut]=1', ['Split payment email is invalid']],
  [
    'title=A&split_payment[email]=a@b.co&split_payment[fixed_cut]=0',
    ['Split payment fixed cut must be greater than 0'],
  ],
  [
    'title=A&split_payment[email]=a@b.co&split_payment[fixed_cut]=x',
    ['Split payment fixed cut is not a number'],
  ],
  [
    'title=A&split_payment[email]=a@b.co&split_payment[variable_cut]=101',
    ['Split payment variable cut must be less than or equal to 100'],
  ],
  [
    'title=A&split_payment[email]=a@b.co&split_payment[variable_cut]=1&split_payment[split_header]=perhaps',
    ['Split payment split header is not included in the list'],
  ],
])('v3 refuses %s', (query, expected) => {
  expect(sentences(() => v3(query))).toEqual(expected);
});

test.each([
  [`title=A&${ROW}`, ["Split payments stack order can't be blank"]],
  [`title=A&${ROW}&split_payments[][stack_order]=1`, ['Split payments stack order is invalid']],
  [`title=A&${ROW}&split_payments[][stack_order]=x`, ['Split payments stack order is invalid']],
  [
    `title=A&${ROW}&split_payments[][stack_order]=1&${OTHER}&split_payments[][stack_order]=0`,
    ['Split payments stack order is invalid'],
  ],
  [
    ['title=A', ...[0, 1, 2].map((order) => `${OTHER}&split_payments[][stack_order]=${order}`)].join('&'),
    ['Split payments is too long (maximum is 2 recipients)'],
  ],
  [
    'title=A&split_payments[][email]=a@b.co&split_payments[][variable_cut]=60&split_payments[][stack_order]=0&split_payments[][email]=c@d.co&split_payments[][variable_cut]=41&split_payments[][stack_order]=1',
    ['Split payments variable cut must be less than or equal to 100'],
  ],
  [
    'title=A&split_payments[][fixed_cut]=1&split_payments[][stack_order]=0',
    ["Split payments email can't be blank"],
  ],
  [
    'title=A&split_payments[][email]=a@b.co&split_payments[][stack_order]=0',
    ["Split payments fixed cut can't be blank"],
  ],
  ['title=A&split_payments=x', ['Split payments is invalid']],
  ['split_header=x', ["Title can't be blank", 'Split header is not included in the list']],
])('v4 refuses %s', (query, expected) => {
  expect(sentences(() => v4(query))).toEqual(expected);
});
