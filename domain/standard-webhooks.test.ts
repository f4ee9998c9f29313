import { expect, test } from 'vitest';
import { standardWebhookContent } from './standard-webhooks.ts';

test('id, timestamp and body are joined with dots; dots in the body are left alone', () => {
  expect(standardWebhookContent({ id: 'cb_1', timestampS: 1614265330, body: 'a.b' })).toBe(
    'cb_1.1614265330.a.b',
  );
});

test.each(['', 'a.b', '.'])('the id "%s" is refused: two messages could be signed alike', (id) => {
  expect(() => standardWebhookContent({ id, timestampS: 1, body: '' })).toThrow(RangeError);
});

test.each([1.5, -1, Number.NaN])('%d is refused as a timestamp', (timestampS) => {
  expect(() => standardWebhookContent({ id: 'a', timestampS, body: '' })).toThrow(RangeError);
});
