import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCallbacks } from '#db/callback.repository.ts';
import { balances } from '#db/ledger.repository.ts';
import { getBill } from '#services/bill/read.ts';
import { createCollection } from '#services/collection/create.ts';
import { verifyLedger } from '#services/ledger/verify.ts';
import { listBillRefunds, refundPayment } from '#services/payment/refund.ts';
import { settlePayment } from '#services/payment/settle.ts';
import { openPayment, sendToBank } from '#services/payment/start.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { NOT_WAITING, openWaiting } from '../fixtures/commanding.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';

let bed: WorkerTestbed;
let waiter: ReturnType<typeof openWaiting>;
beforeAll(async () => {
  bed = await openWorkerTestbed();
  waiter = openWaiting(bed);
});
afterAll(async () => {
  await waiter.close();
  await bed.close();
});

async function paidBill(amountSen = 1_000, options: { splitWith?: TestMerchant } = {}) {
  const merchant = await newMerchant(bed);
  const splits = options.splitWith
    ? [{ email: options.splitWith.email, fixedCut: 100, variableCut: null }]
    : [];
  const { id: collectionId } = await createCollection(merchant.ctx, { title: 'Refunds', splits });
  const bill = await newBill(merchant, { amountSen, collectionId });
  const payment = await pay(bed, merchant, bill);
  expect(payment.status).toBe('completed');
  return { merchant, bill, payment };
}

type Wanted = Omit<Parameters<typeof refundPayment>[2], 'billId'>;

function refund(merchant: TestMerchant, billId: string, wanted: Wanted = {}) {
  return refundPayment(merchant.ctx, waiter.waiting, { billId, ...wanted });
}

async function booksOf(merchant: TestMerchant): Promise<Record<string, number>> {
  const all = await merchant.ctx.inTransaction((tx) => balances(tx, merchant.profile.id));
  return Object.fromEntries(all.map(({ account, amountMinor }) => [account, amountMinor]));
}

test('a refund goes through the gateway and the books, and changes nothing else', async () => {
  const partner = await newMerchant(bed);
  const { merchant, bill } = await paidBill(1_000, { splitWith: partner });
  const before = await getBill(merchant.ctx, bill.id);
  const done = await refund(merchant, bill.id, { amountSen: 300, reason: 'Returned goods' });
  expect(done).toMatchObject({
    status: 'completed',
    amountSen: 300,
    byHand: false,
    reason: 'Returned goods',
  });
  expect(done.gatewayId).toMatch(/^sbr_/);
  expect(await booksOf(merchant)).toEqual({
    'gateway_clearing:sandbox': 700,
    merchant_balance: -600,
    [`split_payable:${partner.merchantId}`]: -100,
  });
  const rest = await refund(merchant, bill.id);
  expect(rest).toMatchObject({ status: 'completed', amountSen: 700 });
  // The owner bears it: the split stays with its recipient.
  expect(await booksOf(merchant)).toEqual({
    'gateway_clearing:sandbox': 0,
    merchant_balance: 100,
    [`split_payable:${partner.merchantId}`]: -100,
  });
  expect(await getBill(merchant.ctx, bill.id)).toEqual(before);
  const callbacks = await merchant.ctx.inTransaction((tx) =>
    listCallbacks(tx, merchant.profile.id, { objectType: 'bill', objectId: bill.id, limit: 10 }),
  );
  expect(callbacks).toHaveLength(1);
  await expect(refund(merchant, bill.id)).rejects.toMatchObject({ code: 'not_refundable' });
  expect((await verifyLedger(bed.deps.systemCtx())).findings).toEqual([]);
});

test('of a bill that was paid twice the payment is named, and the second one comes out of what is owed back', async () => {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant, { amountSen: 1_000 });
  const [first, second] = await payTwice(merchant, bill.id);
  await expect(refund(merchant, bill.id)).rejects.toMatchObject({
    code: 'invalid_input',
    facts: { name: 'payment_id' },
  });
  expect(await booksOf(merchant)).toMatchObject({ merchant_balance: -1_000, excess_payable: -1_000 });
  expect(await refund(merchant, bill.id, { paymentId: second })).toMatchObject({ status: 'completed' });
  expect(await booksOf(merchant)).toMatchObject({ merchant_balance: -1_000, excess_payable: 0 });
  expect(await refund(merchant, bill.id)).toMatchObject({ paymentId: first, status: 'completed' });
  expect(await booksOf(merchant)).toMatchObject({ merchant_balance: 0, 'gateway_clearing:sandbox': 0 });
});

async function payTwice(merchant: TestMerchant, billId: string): Promise<[string, string]> {
  const { gateways, sandboxBank } = bed.deps;
  const payer = merchant.payer();
  const choice = { billId, method: 'fpx', bankCode: 'TEST0001', confirmed: true };
  const open = () => payer.inTransaction((tx) => openPayment(tx, payer, choice));
  const opened = [await open(), await open()] as const;
  for (const payment of opened) {
    const sent = await sendToBank(payer, gateways, payment);
    await sandboxBank.press(sent.payment.gatewayId ?? '', 'success', payer.now());
    await settlePayment(payer, gateways, payment.id);
  }
  return [opened[0].id, opened[1].id];
}

test('ten refunds at once never give back more than was paid', async () => {
  const { merchant, bill } = await paidBill(1_000);
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => refund(merchant, bill.id, { amountSen: 300 })),
  );
  const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(done.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'refund_exceeds_payment' });
  }
  expect((await booksOf(merchant))['gateway_clearing:sandbox']).toBe(100);
});

test('the same key again gives the first refund, and nothing more back', async () => {
  const { merchant, bill } = await paidBill();
  const wanted = { amountSen: 200, idempotencyKey: 'once' };
  const all = await Promise.all([1, 2, 3].map(() => refund(merchant, bill.id, wanted)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(await listBillRefunds(merchant.ctx, bill.id)).toHaveLength(1);
  await expect(refund(merchant, bill.id, { ...wanted, amountSen: 201 })).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
});

test('by hand it is booked at once, out of the merchant’s bank', async () => {
  const { merchant, bill } = await paidBill();
  const done = await refundPayment(merchant.ctx, NOT_WAITING, { billId: bill.id, byHand: true });
  expect(done).toMatchObject({ status: 'completed', byHand: true, gatewayId: null });
  expect(await booksOf(merchant)).toEqual({
    'gateway_clearing:sandbox': 1_000,
    merchant_balance: 0,
    bank: -1_000,
  });
});

test('only what was paid is given back, by whoever may', async () => {
  const { merchant, bill, payment } = await paidBill();
  const other = await newBill(merchant);
  const failed = await pay(bed, merchant, other, 'fail');
  const code = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  expect(await code(refund(merchant, other.id))).toBe('not_refundable');
  expect(await code(refund(merchant, other.id, { paymentId: failed.id }))).toBe('not_refundable');
  expect(await code(refund(merchant, other.id, { paymentId: payment.id }))).toBe('not_found');
  expect(await code(refund(merchant, bill.id, { amountSen: 1_001 }))).toBe('refund_exceeds_payment');
  expect(await code(refund(await newMerchant(bed), bill.id))).toBe('not_found');
  const restricted = await merchant.as('restricted');
  expect(await code(refundPayment(restricted, NOT_WAITING, { billId: bill.id }))).toBe('forbidden');
  expect(await code(refundPayment(merchant.payer(), NOT_WAITING, { billId: bill.id }))).toBe('forbidden');
  expect(await listBillRefunds(merchant.ctx, bill.id)).toEqual([]);
});
