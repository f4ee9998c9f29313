import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Payment } from '#db/payment.repository.ts';
import type { BankButton } from '#gateways/sandbox/bank.ts';
import { refundPayment } from '#services/payment/refund.ts';
import { settlePayment } from '#services/payment/settle.ts';
import { startPayment } from '#services/payment/start.ts';
import { paymentWorkflowId } from '#workflows/payment/contract.ts';
import type { WorkerTestbed } from '../../engine/testbed.ts';
import { until } from '../../engine/until.ts';
import { newBill } from '../../fixtures/bill.ts';
import { NOT_WAITING } from '../../fixtures/commanding.ts';
import { behindCutLine, type CutLine } from '../../fixtures/cut-line.ts';
import { newMerchant, type TestMerchant } from '../../fixtures/merchant.ts';
import { asOwner } from '../../fixtures/sql.ts';
import { recordHistory } from '../histories.ts';
import { openRecordBed } from '../record-bed.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TIMER = 'EVENT_TYPE_TIMER_STARTED';

let bed: WorkerTestbed;
let line: CutLine;
beforeAll(async () => {
  bed = await openRecordBed(
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

interface Opened {
  readonly merchant: TestMerchant;
  readonly paymentId: string;
  readonly gatewayId: string;
  readonly workflowId: string;
}

/** A payer at the bank, and the workflow waiting. */
async function open(): Promise<Opened> {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant);
  await startPayment(merchant.payer(), () => line.gateway, {
    billId: bill.id,
    method: 'fpx',
    bankCode: 'TEST0001',
  }).catch((error: unknown) => error);
  const [row] = await asOwner<{ id: string; gateway_id: string | null }>(
    bed,
    'select id, gateway_id from payments where bill_id = $1',
    [bill.id],
  );
  const paymentId = row?.id ?? '';
  const workflowId = paymentWorkflowId(paymentId);
  const handle = bed.workflows.getHandle(workflowId);
  await until('the payment has a workflow', () => handle.describe().catch(() => undefined));
  await bed.time.settle(workflowId);
  return { merchant, paymentId, gatewayId: row?.gateway_id ?? '', workflowId };
}

/** Presses a button and lets the notice come in. */
async function press({ merchant, paymentId, gatewayId }: Opened, button: BankButton): Promise<Payment> {
  await bed.deps.sandboxBank.press(gatewayId, button, Date.now());
  return settlePayment(merchant.payer(), bed.deps.gateways, paymentId);
}

async function record(name: string, { workflowId }: Opened): Promise<string[]> {
  await bed.time.runToEnd(workflowId, 2 * DAY_MS);
  return recordHistory(bed.workflows, { workflow: 'payment', name, workflowId });
}

function count(events: readonly string[], type: string): number {
  return events.filter((each) => each === type).length;
}

test.for(['success', 'fail'] as const)('a notice of %s while it waits', async (button) => {
  const payment = await open();
  await press(payment, button);
  await bed.workflows.getHandle(payment.workflowId).result();
  expect(await record(`notice-${button}`, payment)).toContain('EVENT_TYPE_TIMER_CANCELED');
});

test('left pending, then paid by itself', async () => {
  const payment = await open();
  await press(payment, 'pending');
  expect(await record('pending-then-paid', payment)).toContain('EVENT_TYPE_TIMER_FIRED');
});

test('the bank window closed', async () => {
  const payment = await open();
  expect(await record('abandoned', payment)).toContain('EVENT_TYPE_TIMER_FIRED');
});

test('a success after the failure: a run that only looks', async () => {
  const payment = await open();
  await bed.time.runToEnd(payment.workflowId, DAY_MS);
  await press(payment, 'success');
  await until('the second run is over', async () => {
    const runs = [];
    for await (const run of bed.workflows.list({ query: `WorkflowId = "${payment.workflowId}"` }))
      runs.push(run);
    return runs.length === 2 && runs.every(({ status }) => status.name === 'COMPLETED');
  });
  expect(count(await record('late-success', payment), TIMER)).toBe(0);
});

test('unknown for half an hour, then known never to have happened', async () => {
  line.cut();
  const payment = await open();
  line.mend();
  expect(count(await record('unknown-then-not-found', payment), 'EVENT_TYPE_TIMER_FIRED')).toBe(7);
});

test('unknown for hours, with a person called, then known', async () => {
  line.cut();
  const payment = await open();
  await bed.time.advanceTo(payment.workflowId, Date.now() + 200 * MINUTE_MS);
  line.mend();
  const events = await record('unknown-for-hours', payment);
  expect(count(events, 'EVENT_TYPE_TIMER_FIRED')).toBeGreaterThan(8);
});

/** Paid, its first run over; then a refund that the gateway hears of. Gives the run that carries it out. */
async function refunded(askedFirst: boolean): Promise<Opened> {
  const payment = await open();
  const { billId } = await press(payment, 'success');
  const handle = bed.workflows.getHandle(payment.workflowId);
  await handle.result();
  const { runId: paidRun } = await handle.describe();
  if (askedFirst) line.cut();
  await refundPayment(payment.merchant.ctx, NOT_WAITING, { billId });
  await until('the run of the refund', async () => (await handle.describe()).runId !== paidRun);
  await bed.time.settle(payment.workflowId);
  line.mend();
  return payment;
}

async function refundOf({ paymentId }: Opened): Promise<{ status: string } | undefined> {
  const [row] = await asOwner<{ status: string }>(bed, 'select status from refunds where payment_id = $1', [
    paymentId,
  ]);
  return row;
}

test('given back after it was paid', async () => {
  const payment = await refunded(false);
  const events = await record('refunded', payment);
  expect(await refundOf(payment)).toMatchObject({ status: 'completed' });
  expect(count(events, 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED')).toBeGreaterThan(1);
});

test('given back though the gateway did not answer at first: asked before anything is repeated', async () => {
  const payment = await refunded(true);
  const events = await record('refund-asked-again', payment);
  expect(await refundOf(payment)).toMatchObject({ status: 'completed' });
  expect(count(events, 'EVENT_TYPE_TIMER_FIRED')).toBeGreaterThan(0);
});
