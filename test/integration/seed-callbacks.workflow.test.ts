import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openXSignatureKey } from '#services/profile/secrets.ts';
import { wayOn } from '#services/payment/way-on.ts';
import { verifyX } from '#services/signing/x-signature.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { type Received, type Receiver, startReceiver } from '../fixtures/receiver.ts';

let bed: WorkerTestbed;
let receiver: Receiver;
beforeAll(async () => {
  bed = await openWorkerTestbed();
  receiver = await startReceiver(200);
});
afterAll(async () => {
  await receiver.close();
  await bed.close();
});

/** The seed's samples, keys in their order; `metadata[...]` is deprecated and never sent (billplz-api.md 7.1). */
const BASIC = [
  'id',
  'collection_id',
  'paid',
  'state',
  'amount',
  'paid_amount',
  'due_at',
  'email',
  'mobile',
  'name',
  'url',
  'paid_at',
];
const STAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0800$/;

interface Paid {
  readonly merchant: TestMerchant;
  readonly callback: Received;
  readonly redirect: URL;
  readonly billId: string;
}

async function paid(signed: boolean): Promise<Paid> {
  const merchant = await newMerchant(bed, { signed });
  const bill = await newBill(merchant, {
    name: 'Michael API',
    mobile: '+60112223333',
    dueOn: '2030-12-31',
    callbackUrl: receiver.url,
    redirectUrl: 'http://example.com/redirect/',
  });
  const payment = await pay(bed, merchant, bill);
  const ours = () => receiver.received.find(({ form }) => form.id === bill.id);
  const callback = await until('the callback came', ours);
  const redirect = new URL((await wayOn(merchant.payer(), payment)) ?? '');
  return { merchant, callback, redirect, billId: bill.id };
}

const keyOf = ({ merchant }: Paid) => merchant.ctx.inTransaction((tx) => openXSignatureKey(tx, merchant.ctx));
const keysOf = ({ body }: Received) => [...new URLSearchParams(body).keys()];

describe('Basic', () => {
  test('31 POST /webhook/ and 32 POST {CALLBACK_URL}: keys, order and values of the sample', async () => {
    const { callback } = await paid(false);
    expect(callback.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(keysOf(callback)).toEqual(BASIC);
    expect(callback.form).toMatchObject({
      paid: 'true',
      state: 'paid',
      amount: '200',
      paid_amount: '200',
      due_at: '2030-12-31',
      mobile: '+60112223333',
      name: 'MICHAEL API',
    });
    expect(callback.form.paid_at).toMatch(STAMP);
  });

  test('33 GET {REDIRECT_URL}: the id alone', async () => {
    const { redirect, billId } = await paid(false);
    expect(redirect.search).toBe(`?billplz%5Bid%5D=${billId}`);
  });
});

describe('X Signature', () => {
  test('34 POST /webhook/, 35 and 36 POST {CALLBACK_URL}: the Basic keys, then a signature that verifies', async () => {
    const seen = await paid(true);
    expect(keysOf(seen.callback)).toEqual([...BASIC, 'x_signature']);
    expect(verifyX(seen.callback.form, await keyOf(seen))).toBe(true);
  });

  test('37 and 38 GET {REDIRECT_URL}: id, paid, paid_at and a signature that verifies, percent-encoded', async () => {
    const seen = await paid(true);
    const keys = [...seen.redirect.searchParams.keys()];
    expect(keys).toEqual(['billplz[id]', 'billplz[paid]', 'billplz[paid_at]', 'billplz[x_signature]']);
    expect(seen.redirect.search).toMatch(
      /billplz%5Bpaid_at%5D=\d{4}-\d\d-\d\d%20\d\d%3A\d\d%3A\d\d%20%2B0800&/,
    );
    const billplz = Object.fromEntries(
      [...seen.redirect.searchParams].map(([name, value]) => [name.slice('billplz['.length, -1), value]),
    );
    expect(verifyX({ billplz }, await keyOf(seen))).toBe(true);
  });
});
