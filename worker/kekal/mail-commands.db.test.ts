import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill } from '#test/fixtures/bill.ts';
import { runKekal } from '#test/fixtures/kekal-command.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

const kekal = (...args: string[]) => runKekal(bed, ...args);

test('credit for text messages adds up, in money that people read', async () => {
  const { profile } = await newMerchant(bed);
  const of = ['--profile', String(profile.id)];
  expect((await kekal('sms', 'credit', 'add', '1000', ...of)).out).toBe('The credit is now RM 10.00.\n');
  expect((await kekal('sms', 'credit', 'add', '5', ...of)).out).toBe('The credit is now RM 10.05.\n');
  expect((await kekal('sms', 'credit', ...of)).out).toBe('The credit is RM 10.05.\n');
  expect(JSON.parse((await kekal('sms', 'credit', ...of, '--json')).out)).toEqual({
    balance: 'RM 10.05',
    balanceMinor: 1005,
  });
});

test.for(['-5', '1.5'])('credit of %s is refused', async (amount) => {
  const { profile } = await newMerchant(bed);
  const refused = await kekal('sms', 'credit', 'add', '--profile', String(profile.id), '--', amount);
  expect(refused.code).toBe(1);
  expect(refused.err).not.toContain('    at ');
});

test('mails are listed with what became of them', async () => {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant, { deliver: true });
  const { code, out } = await kekal('mails', '--profile', String(merchant.profile.id), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject([
    { channel: 'email', to: 'payer@payer.test', objectId: bill.id, status: 'pending' },
  ]);
});
