import { expect, test } from 'vitest';
import { Refusal } from '#domain/refusal.ts';
import { ParamsError } from '../http/params.ts';
import { answerTo } from './errors.ts';

test('what nobody foresaw tells nothing', () => {
  const answer = answerTo(new Error('relation "bills" does not exist'));
  expect(answer).toEqual({ status: 500, type: 'InternalServerError', message: ['Internal server error'] });
  expect(answerTo('thrown text').status).toBe(500);
});

test('a lost database is a matter of time', () => {
  const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(answerTo(lost)).toEqual({
    status: 503,
    type: 'ServiceUnavailable',
    message: ['Service unavailable'],
    headers: { 'Retry-After': '5' },
  });
});

test.each([
  [new Refusal('already_in_state', { collectionId: 'abc', status: 'active' }), 'abc cannot be activated.'],
  [
    new Refusal('already_in_state', { collectionId: 'abc', status: 'inactive' }),
    'abc cannot be deactivated.',
  ],
  [new Refusal('bill_paid'), "Paid bill can't be deleted"],
  [new Refusal('not_offered', { name: 'bank_code' }), 'Bank code is not included in the list'],
  [new Refusal('invalid_input', { name: 'by' }), 'By is invalid'],
  [new ParamsError('malformed'), 'Parameters are malformed'],
  [new ParamsError('not_utf8'), 'Request is not valid UTF-8'],
  [new ParamsError('unparseable'), 'Request body could not be parsed'],
])('%s is answered with one sentence', (error, sentence) => {
  expect(answerTo(error)).toMatchObject({ status: 422, type: 'UNPROCESSABLE_ENTITY', message: [sentence] });
});
