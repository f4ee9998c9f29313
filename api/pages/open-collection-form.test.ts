import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sen } from '#domain/money.ts';
import type { OpenFormPage } from '#services/collection/open-form.ts';
import { FIELDS, readOpenCollectionForm } from './open-collection-form.ts';
import { LANGUAGES } from './language.ts';
import { renderDocument } from './layout.ts';
import { closedView, openCollectionView } from './open-collection-view.ts';

const fixed: OpenFormPage = {
  collectionId: 'abcd1234',
  takesPayments: true,
  merchantName: 'Kedai Ali',
  sandbox: false,
  currency: 'MYR',
  title: 'Tabung',
  photo: null,
  splitHeader: [],
  form: {
    description: 'For the school',
    amountSen: sen(1_000),
    fixedQuantity: true,
    paymentButton: 'pay',
    reference1Label: null,
    reference2Label: null,
    emailLink: null,
    tax: null,
    redirectUri: null,
  },
};

const open: OpenFormPage = {
  ...fixed,
  form: { ...fixed.form, amountSen: null, fixedQuantity: false, reference1Label: 'Class', tax: 6 },
};

const PAYER = { name: 'Aminah', email: 'aminah@payer.test' };

const read = (page: OpenFormPage, fields: Record<string, string>) =>
  readOpenCollectionForm(new URLSearchParams(fields), page);

test('what the collection fixes is not read, whatever is sent', () => {
  const { filled } = read(fixed, { ...PAYER, amount: 'abc', quantity: '0', reference_1: 'x' });
  expect(filled).toEqual({
    amountSen: null,
    quantity: null,
    reference1: null,
    reference2: null,
    name: 'Aminah',
    email: 'aminah@payer.test',
    mobile: null,
  });
});

test('what it leaves open is read in the way people write it', () => {
  const typed = {
    ...PAYER,
    amount: 'RM 1,234.5',
    quantity: ' 2 ',
    reference_1: '5A',
    mobile: '012-345 6789',
  };
  expect(read(open, typed).filled).toMatchObject({
    amountSen: 123_450,
    quantity: 2,
    reference1: '5A',
    mobile: '+60123456789',
  });
});

test.each([
  ['amount', '', 'required'],
  ['amount', '0', 'amount'],
  ['amount', '1.005', 'amount'],
  ['amount', '999999999.99', 'tooMuch'],
  ['quantity', '', 'required'],
  ['quantity', '0', 'quantity'],
  ['quantity', '1000', 'quantity'],
  ['quantity', '1.5', 'quantity'],
  ['reference_1', 'x'.repeat(121), 'tooLong'],
  ['name', ' ', 'required'],
  ['name', 'x'.repeat(256), 'tooLong'],
  ['email', '', 'required'],
  ['email', 'a@b', 'email'],
  ['mobile', '12', 'mobile'],
])('%s %j is a mistake: %s', (field, value, problem) => {
  const { filled, problems, typed } = read(open, { ...PAYER, amount: '10', quantity: '1', [field]: value });
  expect(filled).toBeNull();
  expect(problems).toEqual({ [field]: problem });
  expect(typed[field as 'amount']).toBe(value);
});

test('a quantity that makes a fixed amount too much is marked itself', () => {
  const dear = { ...open, form: { ...open.form, amountSen: sen(99_999_999_999) } };
  expect(read(dear, { ...PAYER, quantity: '999' }).problems).toEqual({ quantity: 'tooMuch' });
});

test('whatever is typed is either taken whole or marked, and never becomes markup', () => {
  const field = fc.record(Object.fromEntries(FIELDS.map((name) => [name, fc.string()])));
  fc.assert(
    fc.property(field, fc.constantFrom(...LANGUAGES), (typed, language) => {
      const { filled, ...sent } = read(open, typed);
      expect(filled === null).toBe(Object.keys(sent.problems).length > 0);
      const tagged = { ...sent, typed: { ...sent.typed, name: `${sent.typed.name}"><script>x</script>` } };
      expect(renderDocument(openCollectionView(open, language, tagged), 'n')).not.toContain('<script');
    }),
  );
});

test.each(LANGUAGES)('a closed form in %s has the title and no field', (language) => {
  const markup = renderDocument(closedView(fixed, language), 'n');
  expect(markup).toContain('<h1>Tabung</h1>');
  expect(markup).not.toContain('<input');
});
