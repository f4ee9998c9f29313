import { afterAll, beforeAll, expect, test } from 'vitest';
import { getBankVerification } from '#services/bank-verification/read.ts';
import { registerBankAccount } from '#services/bank-verification/register.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill, pay } from '#test/fixtures/bill.ts';
import { runKekal } from '#test/fixtures/kekal-command.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

const kekal = (...args: string[]) => runKekal(bed, ...args);

test('a holiday is added once, listed by its year, and taken back', async () => {
  const add = ['holidays', 'add', '2027-03-03', 'Test day', '--kind', 'special', '--status', 'announced'];
  expect((await kekal(...add)).err).toContain('--source');
  const source = ['--source', 'P.U. (A) 1'];
  expect((await kekal(...add, ...source)).out).toBe('2027-03-03 is a holiday: Test day.\n');
  const twice = await kekal(...add, ...source);
  expect([twice.code, twice.err]).toEqual([1, expect.stringMatching(/^Refused: /)]);

  const listed = JSON.parse((await kekal('holidays', 'list', '--year', '2027', '--json')).out) as object[];
  expect(listed).toContainEqual(expect.objectContaining({ day: '2027-03-03', name: 'Test day' }));
  expect((await kekal('holidays', 'list', '--year', '2026')).out).not.toContain('Test day');

  expect((await kekal('holidays', 'remove', '2027-03-03', 'Test day')).code).toBe(0);
  expect((await kekal('holidays', 'remove', '2027-03-03', 'Test day')).code).toBe(1);
  const wrong = await kekal('holidays', 'add', '2027-02-30', 'Never', ...add.slice(4), ...source);
  expect([wrong.code, wrong.err.includes('    at ')]).toEqual([1, false]);
});

test('a live account is found overdue and decided once, with a reason where it is rejected', async () => {
  const merchant = await newMerchant(bed, { mode: 'live' });
  const of = ['--profile', String(merchant.profile.id)];
  const account = { name: 'Sara', idNo: '820909101001', accNo: '1234567890', code: 'MBBEMYKL' };
  const { id } = await registerBankAccount(merchant.ctx, account);
  const pending = JSON.parse((await kekal('bank-verifications', 'list', ...of, '--json')).out) as object[];
  expect(pending).toMatchObject([{ id, status: 'pending' }]);
  expect((await kekal('bank-verifications', 'list', ...of, '--overdue')).out).toBe('none\n');

  expect((await kekal('bank-verifications', 'decide', id, ...of)).code).toBe(1);
  const both = await kekal('bank-verifications', 'decide', id, '--verified', '--rejected', 'x', ...of);
  expect(both.code).toBe(1);
  const rejected = await kekal('bank-verifications', 'decide', id, '--rejected', 'Wrong holder', ...of);
  expect(rejected.out).toBe(`${id} is rejected.\n`);
  expect(await getBankVerification(merchant.ctx, '1234567890')).toMatchObject({
    status: 'rejected',
    rejectedDesc: 'Wrong holder',
  });
  expect((await kekal('bank-verifications', 'decide', id, '--verified', ...of)).code).toBe(1);
});

test('a bill is refunded by hand at once; through a gateway the command says that it is under way', async () => {
  const merchant = await newMerchant(bed);
  const of = ['--profile', String(merchant.profile.id)];
  const bill = await newBill(merchant, { amountSen: 1_000 });
  const payment = await pay(bed, merchant, bill);
  const byHand = await kekal('bills', 'refund', bill.id, '--amount', '300', '--by-hand', ...of);
  expect(byHand.out).toContain(`Recorded as given back by hand: 300 sen of payment ${payment.id}`);
  const tooMuch = await kekal('bills', 'refund', bill.id, '--amount', '701', ...of);
  expect([tooMuch.code, tooMuch.err]).toEqual([1, expect.stringContaining('more than is left') as unknown]);
  // No worker runs here: the intent is kept, and the command gives up waiting.
  const asked = await kekal('bills', 'refund', bill.id, '--payment', payment.id, '--json', ...of);
  expect(asked.code).toBe(0);
  expect(JSON.parse(asked.out)).toMatchObject({ amountSen: 700, status: 'pending', byHand: false });
});
