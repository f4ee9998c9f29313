import { expect, test } from 'vitest';
import { type ParamPath, PREDICATE, sentenceOf, subjectOf } from './billplz-sentence.ts';

test.each<[ParamPath, string]>([
  [['email'], 'Email'],
  [['collection_id'], 'Collection'],
  [['mass_payment_instruction_collection_id'], 'Mass payment instruction collection'],
  [['reference_1_label'], 'Reference 1 label'],
  [['id_no'], 'Id no'],
  [['id'], 'Id'],
  [['_id'], ' id'],
  [['split_payments', 0, 'email'], 'Split payments email'],
  [['split_payments', 1, 'stack_order'], 'Split payments stack order'],
  [['split_payment', 'fixed_cut'], 'Split payment fixed cut'],
  [['payment_methods'], 'Payment methods'],
])('%j is called "%s"', (path, subject) => {
  expect(subjectOf(path)).toBe(subject);
});

test.each([
  [PREDICATE.blank, "Amount can't be blank"],
  [PREDICATE.notANumber, 'Amount is not a number'],
  [PREDICATE.notAnInteger, 'Amount must be an integer'],
  [PREDICATE.notPositive, 'Amount must be greater than 0'],
  [PREDICATE.notIncluded, 'Amount is not included in the list'],
  [PREDICATE.invalid, 'Amount is invalid'],
  [PREDICATE.taken, 'Amount has already been taken'],
  [PREDICATE.tooLong(255), 'Amount is too long (maximum is 255 characters)'],
  [PREDICATE.tooGreat(99_999_999_999), 'Amount must be less than or equal to 99999999999'],
])('%s', (predicate, sentence) => {
  expect(sentenceOf(['amount'], predicate)).toBe(sentence);
});
