import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox } from '../secrets/secret-box.ts';
import { isDeviceOf, issueDevice } from './device.ts';

const secrets = createSecretBox(randomBytes(32));

test('a mark is known for its own account alone', () => {
  const device = issueDevice(secrets, 'a@shop.test');
  expect(isDeviceOf(secrets, device, 'a@shop.test')).toBe(true);
  expect(isDeviceOf(secrets, device, 'b@shop.test')).toBe(false);
});

test.each(['', '.', 'x', 'x.y', 'x.y.z'])('%j is no mark', (device) => {
  expect(isDeviceOf(secrets, device, 'a@shop.test')).toBe(false);
});

test('a mark of another installation is worth nothing', () => {
  const device = issueDevice(createSecretBox(randomBytes(32)), 'a@shop.test');
  expect(isDeviceOf(secrets, device, 'a@shop.test')).toBe(false);
});
