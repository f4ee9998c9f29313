import { expect, test } from 'vitest';
import { redactedPayload } from './redacted-payload.ts';

test('a card number is kept nowhere: not in texts, numbers, names, lists or depth', () => {
  const payload = {
    note: 'paid with 4111 1111 1111 1111 today',
    number: 4_111_111_111_111_111,
    '4111111111111111': true,
    list: [{ deep: ['5555-5555-5555-4444'] }],
  };
  expect(redactedPayload(payload)).toEqual({
    note: 'paid with [card] today',
    number: '[card]',
    '[card]': true,
    list: [{ deep: ['[card]'] }],
  });
});

test('everything else is kept as it came, less what Postgres cannot store', () => {
  const payload = { id: 'sbx_1:2', amount: 200, open: false, none: null, text: 'a\0b\ud800' };
  expect(redactedPayload(payload)).toEqual({ ...payload, text: 'ab\ufffd' });
});
