import { expect, test } from 'vitest';
import { networkOf, takeTry, type TryLimiter } from './try-limit.ts';

/** Windows that never end. */
function counter(): TryLimiter {
  const taken = new Map<string, number>();
  return {
    async take(key, limit, windowS) {
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      return { allowed: count <= limit, resetS: windowS };
    },
  };
}

const EMAIL = 'owner@shop.test';
const stranger = (address: string) => ({ address, knownDevice: null });

test('however many networks attack an account, its owner signs in from a known browser and from a new place', async () => {
  const limiter = counter();
  for (let n = 0; n < 300; n++) await takeTry(limiter, EMAIL, stranger(`10.0.${n >> 8}.${n & 255}`));
  expect(await takeTry(limiter, EMAIL, { address: '10.0.0.1', knownDevice: 'mine' })).toEqual({
    allowed: true,
  });
  expect(await takeTry(limiter, EMAIL, stranger('192.0.2.1'))).toEqual({ allowed: true });
});

test('an account that many strangers try gives each network three tries an hour', async () => {
  const limiter = counter();
  for (let n = 0; n < 100; n++) await takeTry(limiter, EMAIL, stranger(`10.0.0.${n}`));
  const verdicts = [];
  for (let n = 0; n < 4; n++) verdicts.push(await takeTry(limiter, EMAIL, stranger('192.0.2.1')));
  expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
  expect(verdicts.at(-1)).toEqual({ allowed: false, retryAfterS: 3_600 });
});

test('one network that tries many accounts is stopped, and none of the accounts is', async () => {
  const limiter = counter();
  const verdicts = [];
  for (let n = 0; n < 61; n++) verdicts.push(await takeTry(limiter, `${n}@shop.test`, stranger('192.0.2.1')));
  expect(verdicts.at(-1)).toMatchObject({ allowed: false });
  expect(await takeTry(limiter, '60@shop.test', stranger('192.0.2.2'))).toEqual({ allowed: true });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::'],
  ['not an address', 'unknown'],
  [null, 'unknown'],
])('%s is counted as the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
