import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bill } from '#db/bill.repository.ts';
import { getBill } from '#services/bill/read.ts';
import { settlePayment } from '#services/payment/settle.ts';
import { findPayment, startPayment } from '#services/payment/start.ts';
import type { Payment } from '#db/payment.repository.ts';
import { paymentWorkflowId } from '#workflows/payment/contract.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { behindCutLine, type CutLine } from '../fixtures/cut-line.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { type Receiver, startReceiver } from '../fixtures/receiver.ts';
import { asOwner } from '../fixtures/sql.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let bed: WorkerTestbed;
let line: CutLine;
beforeAll(async () => {
  bed = await openWorkerTestbed(
    {},
    {
      wire: (deps) => {
        line = behindCutLine(deps.sandboxBank);
        return { ...deps, gateways: () => line.gateway };
      },
    },
  );
});
afterAll(() => bed.close());

interface Sale {
  readonly merchant: TestMerchant;
  readonly receiver: Receiver;
  readonly bill: Bill;
}

async function newSale(): Promise<Sale> {
  const [receiver, merchant] = await Promise.all([startReceiver(200), newMerchant(bed, { extra: true })]);
  return { receiver, merchant, bill: await newBill(merchant, { callbackUrl: receiver.url }) };
}

/** The payer goes to the bank and is still there. */
async function goToBank({ merchant, bill }: Sale): Promise<Payment> {
  const { payment } = await startPayment(merchant.payer(), () => line.gateway, {
    billId: bill.id,
    method: 'fpx',
    bankCode: 'TEST0001',
  });
  return payment;
}

async function waiting(payment: Payment): Promise<string> {
  const workflowId = paymentWorkflowId(payment.id);
  await until('the payment has a workflow', () =>
    bed.workflows
      .getHandle(workflowId)
      .describe()
      .catch(() => undefined),
  );
  await bed.time.settle(workflowId);
  return workflowId;
}

async function told({ receiver }: Sale, count: number) {
  await until(`${count} callbacks`, () => receiver.received.length >= count);
  return receiver.received.map(({ form }) => ({
    paid: form['paid'],
    paid_amount: form['paid_amount'],
    transaction_status: form['transaction_status'],
  }));
}

const PAID = { paid: 'true', paid_amount: '200', transaction_status: 'completed' };
const FAILED = { paid: 'false', paid_amount: '0', transaction_status: 'failed' };

/** When the gateway was asked about a payment, ms after it was made. */
function asksOf(payment: Payment): number[] {
  return line.asked
    .filter(({ merchantTransactionId }) => merchantTransactionId === payment.merchantTransactionId)
    .map(({ nowMs }) => nowMs - payment.createdAtMs);
}

async function alertsOf(payment: Payment) {
  return asOwner(bed, 'select kind from alerts where object = $1', [`payment:${payment.id}`]);
}

test('a payment left pending succeeds 15 minutes later by the payment’s own clock, and the callback goes out', async () => {
  const sale = await newSale();
  const payment = await pay(bed, sale.merchant, sale.bill, 'pending');
  expect(payment.status).toBe('pending');
  const workflowId = await waiting(payment);
  await bed.time.advanceTo(workflowId, (payment.checkAgainAtMs ?? 0) - 1_000);
  expect((await findPayment(sale.merchant.payer(), payment.id)).status).toBe('pending');
  await bed.time.runToEnd(workflowId, DAY_MS);

  expect(await findPayment(sale.merchant.payer(), payment.id)).toMatchObject({
    status: 'completed',
    completedAtMs: payment.checkAgainAtMs,
  });
  expect((payment.checkAgainAtMs ?? 0) - payment.createdAtMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
  expect((await getBill(sale.merchant.ctx, sale.bill.id)).bill.state).toBe('paid');
  expect(await told(sale, 1)).toEqual([PAID]);
  expect(await bed.workflows.getHandle(workflowId).result()).toBe('completed');
  await sale.receiver.close();
});

test('a closed bank window is given up after 15 minutes, and the merchant hears of the failure', async () => {
  const sale = await newSale();
  const payment = await goToBank(sale);
  const workflowId = await waiting(payment);
  await bed.time.runToEnd(workflowId, DAY_MS);

  expect(await findPayment(sale.merchant.payer(), payment.id)).toMatchObject({
    status: 'failed',
    failure: 'abandoned',
  });
  expect(asksOf(payment)).toEqual([(payment.checkAgainAtMs ?? 0) - payment.createdAtMs]);
  expect((await getBill(sale.merchant.ctx, sale.bill.id)).bill.state).toBe('due');
  expect(await told(sale, 1)).toEqual([FAILED]);
  await sale.receiver.close();
});

test('a success that comes after the failure pays the bill and sends one more callback', async () => {
  const sale = await newSale();
  const payment = await goToBank(sale);
  const workflowId = await waiting(payment);
  await bed.time.runToEnd(workflowId, DAY_MS);
  await told(sale, 1);
  await bed.deps.sandboxBank.press(payment.gatewayId ?? '', 'success', Date.now());
  await settlePayment(sale.merchant.payer(), bed.deps.gateways, payment.id);

  expect((await getBill(sale.merchant.ctx, sale.bill.id)).bill.state).toBe('paid');
  expect(await told(sale, 2)).toEqual([FAILED, PAID]);
  expect(await bed.workflows.getHandle(workflowId).result()).toBe('completed');
  await sale.receiver.close();
});

test('a notice that comes while the workflow waits ends it at once', async () => {
  const sale = await newSale();
  const payment = await goToBank(sale);
  const workflowId = await waiting(payment);
  await bed.deps.sandboxBank.press(payment.gatewayId ?? '', 'success', Date.now());
  await settlePayment(sale.merchant.payer(), bed.deps.gateways, payment.id);

  expect(await bed.workflows.getHandle(workflowId).result()).toBe('completed');
  expect(asksOf(payment)).toEqual([]);
  expect(await told(sale, 1)).toEqual([PAID]);
  await sale.receiver.close();
});

test('a payment that never reached the bank is asked for at 10 s, 30 s, 1, 2, 5, 15 and 30 minutes, then failed', async () => {
  const sale = await newSale();
  line.cut();
  await expect(goToBank(sale)).rejects.toThrow('ECONNRESET');
  const payment = await onlyPayment(sale);
  line.mend();
  await bed.time.runToEnd(await waiting(payment), DAY_MS);

  expect(asksOf(payment)).toEqual([
    10_000,
    30_000,
    ...[1, 2, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ]);
  expect(await findPayment(sale.merchant.payer(), payment.id)).toMatchObject({
    status: 'failed',
    failure: 'not_found',
  });
  expect(await told(sale, 1)).toEqual([FAILED]);
  expect(await alertsOf(payment)).toEqual([]);
  await sale.receiver.close();
});

test('an outcome that stays unknown for 30 minutes calls a person, is asked for each hour, and is booked when it is known', async () => {
  const sale = await newSale();
  line.cut();
  await expect(goToBank(sale)).rejects.toThrow('ECONNRESET');
  const payment = await onlyPayment(sale);
  const workflowId = await waiting(payment);
  await bed.time.advanceTo(workflowId, payment.createdAtMs + 29 * MINUTE_MS);
  expect(await alertsOf(payment)).toEqual([]);
  await bed.time.advanceTo(workflowId, payment.createdAtMs + 31 * MINUTE_MS);
  expect(await alertsOf(payment)).toEqual([{ kind: 'payment_unknown' }]);
  await bed.time.advanceTo(workflowId, payment.createdAtMs + 3 * HOUR_MS);
  expect(asksOf(payment).slice(7)).toEqual([90 * MINUTE_MS, 150 * MINUTE_MS]);
  expect((await findPayment(sale.merchant.payer(), payment.id)).status).toBe('pending');

  await hadReached(payment);
  line.mend();
  await bed.time.runToEnd(workflowId, DAY_MS);
  expect(await findPayment(sale.merchant.payer(), payment.id)).toMatchObject({
    status: 'completed',
    completedAtMs: payment.createdAtMs + 210 * MINUTE_MS,
  });
  expect(await told(sale, 1)).toEqual([PAID]);
  await sale.receiver.close();
});

async function onlyPayment({ merchant, bill }: Sale): Promise<Payment> {
  const [row] = await asOwner<{ id: string }>(bed, 'select id from payments where bill_id = $1', [bill.id]);
  return findPayment(merchant.payer(), row?.id ?? '');
}

/** The bank has had the payment all the while; only its answer was lost. */
async function hadReached(payment: Payment): Promise<void> {
  const { profileId, merchantTransactionId, amountSen, currency } = payment;
  const started = await bed.deps.sandboxBank.startBankPayment({
    profileId,
    merchantTransactionId,
    amountMinor: amountSen,
    currency,
    bankCode: 'TEST0001',
    returnUrl: 'http://127.0.0.1:9/',
    nowMs: payment.createdAtMs,
  });
  if (!('gatewayId' in started)) throw new Error(`the bank began with ${started.kind}`);
  await bed.deps.sandboxBank.press(started.gatewayId, 'success', payment.createdAtMs);
}
