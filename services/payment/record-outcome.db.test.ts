import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bill } from '#db/bill.repository.ts';
import type { Payment } from '#db/payment.repository.ts';
import type { GatewayResult } from '#gateways/port.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill } from '#test/fixtures/bill.ts';
import { type MerchantOptions, newMerchant, type TestMerchant } from '#test/fixtures/merchant.ts';
import { callbacksOf } from '#test/fixtures/owed-callback.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { deleteBill } from '../bill/delete.ts';
import { getBill } from '../bill/read.ts';
import { createCollection } from '../collection/create.ts';
import { at } from '../context.ts';
import { verifyLedger } from '../ledger/verify.ts';
import { recordOutcome } from './record-outcome.ts';
import { findPayment, startPayment } from './start.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Sale {
  readonly merchant: TestMerchant;
  readonly bill: Bill;
}

async function newSale(
  wanted: Partial<Parameters<typeof newBill>[1]> = {},
  options: MerchantOptions = {},
): Promise<Sale> {
  const merchant = await newMerchant(bed, options);
  return { merchant, bill: await newBill(merchant, wanted) };
}

async function started({ merchant, bill }: Sale): Promise<Payment> {
  const { payment } = await startPayment(merchant.payer(), bed.deps.gateways, {
    billId: bill.id,
    method: 'fpx',
    bankCode: 'TEST0001',
    confirmed: true,
  });
  return payment;
}

function approved(
  payment: Payment,
  of: Partial<{ amountMinor: number; currency: string }> = {},
): GatewayResult {
  const { gatewayId, amountSen, currency } = payment;
  return { kind: 'approved', gatewayId: gatewayId ?? '', amountMinor: amountSen, currency, ...of };
}

function declined({ gatewayId }: Payment): GatewayResult {
  return { kind: 'declined', gatewayId: gatewayId ?? '', code: 'insufficient_funds' };
}

function record({ merchant }: Sale, payment: Payment, result: GatewayResult, afterMs = 0): Promise<Payment> {
  return recordOutcome(at(merchant.payer(), payment.createdAtMs + afterMs), payment.id, result);
}

async function billOf({ merchant, bill }: Sale) {
  return (await getBill(merchant.ctx, bill.id)).bill;
}

/** What each callback of the bill says. */
async function said({ merchant, bill }: Sale) {
  const callbacks = await callbacksOf(merchant, bill.id);
  return callbacks.map(({ body }) => {
    const form = new URLSearchParams(body);
    return { paid: form.get('paid'), state: form.get('state'), paid_amount: form.get('paid_amount') };
  });
}

/** Postings of a payment with their entries, `account amount`, debits positive. */
async function booked(payment: Payment) {
  return asOwner<{ kind: string; entries: string[] }>(
    bed,
    `select p.kind, array_agg(e.account || ' ' || e.amount_minor order by e.id) as entries
     from ledger_postings p join ledger_entries e on e.posting_id = p.id
     where p.source_id = $1 group by p.id order by p.id`,
    [payment.id],
  );
}

async function alertsOf(payment: Payment) {
  const rows = await asOwner<{ kind: string }>(bed, 'select kind from alerts where object = $1', [
    `payment:${payment.id}`,
  ]);
  return rows.map(({ kind }) => kind);
}

async function countOf(table: string, where: string, value: string): Promise<number> {
  const [row] = await asOwner<{ n: number }>(bed, `select count(*)::int as n from ${table} where ${where}`, [
    value,
  ]);
  return row?.n ?? -1;
}

const PAID = { paid: 'true', state: 'paid', paid_amount: '200' };
const UNPAID = { paid: 'false', state: 'due', paid_amount: '0' };

test('two equal words that come at once book the payment once and owe one callback', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  const given = await Promise.all(Array.from({ length: 6 }, () => record(sale, payment, approved(payment))));

  expect(given.map(({ status, excess }) => ({ status, excess }))).toEqual(
    Array.from({ length: 6 }, () => ({ status: 'completed', excess: false })),
  );
  expect(await booked(payment)).toEqual([
    { kind: 'bill_paid', entries: ['gateway_clearing:sandbox 200', 'merchant_balance -200'] },
  ]);
  expect(await said(sale)).toEqual([PAID]);
  expect(await countOf('audit_log', `action = 'payment.completed' and object_id = $1`, payment.id)).toBe(1);
});

test('success and failure that come at once leave a paid bill, whichever was first', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  await Promise.all([record(sale, payment, declined(payment)), record(sale, payment, approved(payment))]);

  expect(await findPayment(sale.merchant.payer(), payment.id)).toMatchObject({ status: 'completed' });
  expect((await billOf(sale)).state).toBe('paid');
  expect(await booked(payment)).toHaveLength(1);
  expect((await said(sale)).at(-1)).toEqual(PAID);
});

test('a second payment of a paid bill is booked as excess, owed back, and owes no second callback', async () => {
  const sale = await newSale();
  const [one, other] = [await started(sale), await started(sale)];
  await record(sale, one, approved(one));
  expect(await record(sale, other, approved(other))).toMatchObject({ status: 'completed', excess: true });

  expect(await booked(other)).toEqual([
    { kind: 'bill_paid_excess', entries: ['gateway_clearing:sandbox 200', 'excess_payable -200'] },
  ]);
  expect((await billOf(sale)).paidAmountSen).toBe(200);
  expect(await said(sale)).toEqual([PAID]);
});

test('two payments of one bill that succeed at once: one pays it, the other is excess', async () => {
  const sale = await newSale();
  const payments = [await started(sale), await started(sale)];
  const given = await Promise.all(payments.map((payment) => record(sale, payment, approved(payment))));

  expect(given.filter(({ excess }) => excess)).toHaveLength(1);
  expect(await said(sale)).toEqual([PAID]);
  expect((await verifyLedger(bed.deps.systemCtx())).findings).toEqual([]);
});

test('a success revives a bill that was deleted while the payer was at the bank', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  await deleteBill(sale.merchant.ctx, sale.bill.id);
  await record(sale, payment, approved(payment));

  expect(await billOf(sale)).toMatchObject({ state: 'paid', paidAmountSen: 200 });
  expect(await said(sale)).toEqual([PAID]);
});

test('a success revives a bill that expired while the payer was at the bank', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  await record(sale, payment, approved(payment), 40 * DAY_MS);

  expect(await billOf(sale)).toMatchObject({ state: 'paid', paidAtMs: payment.createdAtMs + 40 * DAY_MS });
  expect(await said(sale)).toEqual([PAID]);
});

test.for([{ amountMinor: 199 }, { amountMinor: 201 }, { currency: 'SGD' }])(
  'an approval of %j instead of what was asked is none: the bill stays due and a person is called',
  async (other) => {
    const sale = await newSale();
    const payment = await started(sale);
    const after = await record(sale, payment, approved(payment, other));

    expect(after).toMatchObject({ status: 'pending', completedAtMs: null });
    expect(after.checkAgainAtMs).toBeGreaterThan(payment.createdAtMs);
    expect((await billOf(sale)).state).toBe('due');
    expect(await booked(payment)).toEqual([]);
    expect(await said(sale)).toEqual([]);
    expect(await alertsOf(payment)).toEqual(['payment_contradicted']);
  },
);

test('a failure leaves the bill due, books nothing and owes a callback of 0 paid', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  expect(await record(sale, payment, declined(payment))).toMatchObject({
    status: 'failed',
    failure: 'insufficient_funds',
    checkAgainAtMs: null,
  });

  expect(await billOf(sale)).toMatchObject({ state: 'due', paidAmountSen: 0, paidAtMs: null });
  expect(await booked(payment)).toEqual([]);
  expect(await said(sale)).toEqual([UNPAID]);
});

test('the same failure again owes no second callback; a success after it pays and owes one more', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  for (let n = 0; n < 3; n += 1) await record(sale, payment, declined(payment));
  expect(await said(sale)).toEqual([UNPAID]);
  await record(sale, payment, approved(payment));
  expect(await said(sale)).toEqual([UNPAID, PAID]);
});

test('a failure of another try is no news once the bill is paid', async () => {
  const sale = await newSale();
  const [one, other] = [await started(sale), await started(sale)];
  await record(sale, one, approved(one));
  await record(sale, other, declined(other));
  expect(await said(sale)).toEqual([PAID]);
});

test('a decline after completion changes nothing and calls a person', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  await record(sale, payment, approved(payment));
  expect(await record(sale, payment, declined(payment))).toMatchObject({ status: 'completed' });

  expect((await billOf(sale)).state).toBe('paid');
  expect(await alertsOf(payment)).toEqual(['payment_contradicted']);
  expect(await booked(payment)).toHaveLength(1);
});

test('an unknown outcome is asked again, and calls a person after 30 minutes only', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  const unknown: GatewayResult = { kind: 'unknown_outcome' };
  await record(sale, payment, unknown, MINUTE_MS);
  expect(await alertsOf(payment)).toEqual([]);
  const later = await record(sale, payment, unknown, 31 * MINUTE_MS);
  expect(await alertsOf(payment)).toEqual(['payment_unknown']);
  expect(later).toMatchObject({ status: 'pending', unknownSinceMs: payment.createdAtMs + MINUTE_MS });
  expect(later.checkAgainAtMs).toBe(payment.createdAtMs + 91 * MINUTE_MS);
});

test('splits reach their recipients in stack order and every sen is booked', async () => {
  const [merchant, first, second] = [await newMerchant(bed), await newMerchant(bed), await newMerchant(bed)];
  const { id: collectionId } = await createCollection(merchant.ctx, {
    title: 'Shared',
    splits: [
      { email: first.email, fixedCut: 50, variableCut: null },
      { email: second.email, fixedCut: 1, variableCut: 33 },
    ],
  });
  const sale = {
    merchant,
    bill: await newBill(merchant, { collectionId, amountSen: 1_001 }),
  };
  const payment = await started(sale);
  await record(sale, payment, approved(payment));

  expect(await booked(payment)).toEqual([
    {
      kind: 'bill_paid',
      entries: [
        'gateway_clearing:sandbox 1001',
        `split_payable:${first.merchantId} -50`,
        `split_payable:${second.merchantId} -331`,
        'merchant_balance -620',
      ],
    },
  ]);
});

test('the books are right after every kind of outcome, and sum to zero', async () => {
  const sale = await newSale();
  for (const word of [approved, declined, approved]) {
    const payment = await started(sale).catch(() => undefined);
    if (payment) await record(sale, payment, word(payment));
  }
  const { findings, balances } = await verifyLedger(bed.deps.systemCtx());
  expect(findings).toEqual([]);
  expect(balances.length).toBeGreaterThan(0);
  expect(balances.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
});

test('an outcome that cannot be booked leaves nothing behind', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  await asOwner(bed, 'revoke insert on callbacks from kekal_app');
  await expect(record(sale, payment, approved(payment))).rejects.toThrow('permission denied');
  await asOwner(bed, 'grant insert on callbacks to kekal_app');

  expect(await findPayment(sale.merchant.payer(), payment.id)).toMatchObject({ status: 'pending' });
  expect((await billOf(sale)).state).toBe('due');
  expect(await booked(payment)).toEqual([]);
});

test('users who may not play payments cannot book one; another profile’s payment does not exist', async () => {
  const sale = await newSale();
  const payment = await started(sale);
  const restricted = await sale.merchant.as('restricted');
  await expect(recordOutcome(restricted, payment.id, approved(payment))).rejects.toMatchObject({
    code: 'forbidden',
  });
  const stranger = await newMerchant(bed);
  await expect(recordOutcome(stranger.payer(), payment.id, approved(payment))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await billOf(sale)).state).toBe('due');
});
