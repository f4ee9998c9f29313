import { expect, test } from 'vitest';
import { createAddressRule } from './address-rule.ts';

const mayCall = createAddressRule([]);

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '203.0.112.255',
  '172.15.255.255',
  '172.32.0.1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
])('%s may be called', (address) => {
  expect(mayCall(address)).toBe(true);
});

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '168.63.129.16',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'fd00:ec2::254',
  'ff02::1',
  '100::1',
  '4000::1',
  '',
  'localhost',
  '1.2.3.4.5',
])('"%s" may not', (address) => {
  expect(mayCall(address)).toBe(false);
});

test('an allowed range opens that range alone, in either spelling of its addresses', () => {
  const loopback = createAddressRule(['127.0.0.0/8', ' ::1/128 ']);
  expect(['127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1', '::1', '8.8.8.8'].every(loopback)).toBe(true);
  expect(['10.0.0.1', '169.254.169.254', '::2', '::7f00:1'].some(loopback)).toBe(false);
});

test.each(['127.0.0.1', '127.0.0.0/33', 'local/8', ''])(
  'the range "%s" is refused when it is configured',
  (cidr) => {
    expect(() => createAddressRule([cidr])).toThrow(/ipaddr/);
  },
);
