import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill } from '#test/fixtures/bill.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

async function kekal(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../kekal.ts'), ...args], {
    env: {
      PATH: process.env.PATH,
      KEKAL_HOME: '/nonexistent/kekal',
      DATABASE_URL: bed.databaseUrl,
      TEMPORAL_ADDRESS: inject('engine').temporalAddress,
      KEKAL_SECRET_KEY: bed.config.secretKey.toString('base64'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => {
    child.once('close', done);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

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
