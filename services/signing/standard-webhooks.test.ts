import { expect, test } from 'vitest';
import { signStandardWebhook, verifyStandardWebhook } from './standard-webhooks.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampS: 1614265330, body: '{"test": 2432232314}' };

test('the published vector of Standard Webhooks is signed exactly', () => {
  expect(signStandardWebhook(MESSAGE, SECRET)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('what is signed verifies within 300 s either way, and not beyond', () => {
  const headers = signStandardWebhook(MESSAGE, SECRET);
  const at = (lateS: number) =>
    verifyStandardWebhook(headers, MESSAGE.body, SECRET, MESSAGE.timestampS + lateS);
  expect([-300, 0, 300].map(at)).toEqual([true, true, true]);
  expect([-301, 301].map(at)).toEqual([false, false]);
});

test('one good signature among several is enough, so a secret can be replaced', () => {
  const headers = signStandardWebhook(MESSAGE, SECRET);
  const both = { ...headers, 'webhook-signature': `v1,AAAA v2,x ${headers['webhook-signature']}` };
  expect(verifyStandardWebhook(both, MESSAGE.body, SECRET, MESSAGE.timestampS)).toBe(true);
});

test.each([
  ['another body', {}, 'other'],
  ['another id', { 'webhook-id': 'other' }, MESSAGE.body],
  ['an id with a dot', { 'webhook-id': 'a.b' }, MESSAGE.body],
  ['another second', { 'webhook-timestamp': '1614265331' }, MESSAGE.body],
  ['a timestamp that is no number', { 'webhook-timestamp': '1e9' }, MESSAGE.body],
  ['no signature', { 'webhook-signature': '' }, MESSAGE.body],
  [
    'another version',
    { 'webhook-signature': 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' },
    MESSAGE.body,
  ],
])('%s does not verify', (_what, changed, body) => {
  const headers = { ...signStandardWebhook(MESSAGE, SECRET), ...changed };
  expect(verifyStandardWebhook(headers, body, SECRET, MESSAGE.timestampS)).toBe(false);
});

test.each(['', 'whsec_', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_not base64'])(
  'the secret "%s" is refused',
  (secret) => {
    expect(() => signStandardWebhook(MESSAGE, secret)).toThrow(RangeError);
  },
);
