import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandboxStore } from '#db/sandbox-payment.repository.ts';
import { createSandboxGateway } from '#gateways/sandbox/gateway.ts';
import { takeNotice } from '#services/inbound/take-notice.ts';
import { startPayment } from '#services/payment/start.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { openApi, type TestApi } from '../fixtures/api.ts';
import { newBill } from '../fixtures/bill.ts';
import { newMerchant } from '../fixtures/merchant.ts';
import { asOwner } from '../fixtures/sql.ts';

let bed: Testbed;
let api: TestApi;
beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

/** A payment at the bank, and the signed notice of its success that has not been sent yet. */
async function paidAtBank() {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant);
  const payer = merchant.payer();
  const { payment } = await startPayment(payer, bed.deps.gateways, {
    billId: bill.id,
    method: 'fpx',
    bankCode: 'TEST0001',
  });
  const notice = await bed.deps.sandboxBank.press(payment.gatewayId ?? '', 'success', payer.now());
  if (!notice) throw new Error('the bank sent no notice');
  return { merchant, bill, payment, notice };
}

function post(body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Response> {
  return Promise.resolve(
    api.app.request('/inbound/sandbox', { method: 'POST', body: Buffer.from(body), headers: { ...headers } }),
  );
}

function storedAbout(text: string) {
  return asOwner<{ routed: boolean; profile_id: number | null; payload: { state: string } }>(
    bed,
    `select routed, profile_id, payload from inbound_notices where payload::text like '%' || $1 || '%'`,
    [text],
  );
}

async function statusOf(paymentId: string): Promise<string | undefined> {
  const [row] = await asOwner<{ status: string }>(bed, 'select status from payments where id = $1', [
    paymentId,
  ]);
  return row?.status;
}

test('a notice settles its payment without any browser, and a repeat changes nothing', async () => {
  const { merchant, bill, payment, notice } = await paidAtBank();
  const answers = await Promise.all([1, 2, 3].map(() => post(notice.body, notice.headers)));
  const late = await post(notice.body, notice.headers);
  expect([...answers, late].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await statusOf(payment.id)).toBe('completed');
  expect(await storedAbout(payment.merchantTransactionId)).toMatchObject([
    { routed: true, profile_id: merchant.profile.id, payload: { state: 'paid' } },
  ]);
  const callbacks = await asOwner(bed, 'select id from callbacks where object_id = $1', [bill.id]);
  expect(callbacks).toHaveLength(1);
});

test('a notice never decides: one that says paid about a payment that is not leaves it open', async () => {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant);
  const { payment } = await startPayment(merchant.payer(), bed.deps.gateways, {
    billId: bill.id,
    method: 'fpx',
    bankCode: 'TEST0001',
  });
  const noticeKey = randomBytes(32);
  const bank = createSandboxGateway({
    store: createSandboxStore(bed.deps.database),
    noticeKey,
    pageUrl: (id) => id,
  });
  const { merchantTransactionId } = payment;
  const body = Buffer.from(JSON.stringify({ id: 'n1', merchantTransactionId, state: 'paid' }));
  const headers = { 'sandbox-signature': createHmac('sha256', noticeKey).update(body).digest('hex') };
  const taken = await takeNotice(bed.deps.systemCtx(), () => bank, { gateway: 'sandbox', body, headers });
  expect(taken).toMatchObject({ kind: 'settled', isRepeat: false, payment: { status: 'pending' } });
});

test('a notice with a bad signature is refused: nothing is kept but a hash in the log', async () => {
  const { payment, notice } = await paidAtBank();
  const forged = { 'sandbox-signature': '0'.repeat(64) };
  for (const headers of [forged, {}]) expect((await post(notice.body, headers)).status).toBe(400);
  expect(await statusOf(payment.id)).toBe('pending');
  expect(await storedAbout(payment.merchantTransactionId)).toEqual([]);
  const lines = api.complaints.filter((fields) => 'hash' in fields);
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).toMatch(/"hash":"[0-9a-f]{64}"/);
  expect(JSON.stringify(lines)).not.toContain(payment.merchantTransactionId);
});

test('a notice about a payment that is not ours is kept, answered 200 and shown to a person once', async () => {
  const { payment, notice } = await paidAtBank();
  await asOwner(bed, `update payments set merchant_transaction_id = 'elsewhere-' || id where id = $1`, [
    payment.id,
  ]);
  expect((await post(notice.body, notice.headers)).status).toBe(200);
  expect((await post(notice.body, notice.headers)).status).toBe(200);
  expect(await storedAbout(payment.merchantTransactionId)).toMatchObject([
    { routed: false, profile_id: null },
  ]);
  const alerts = await asOwner(bed, `select detail, count from alerts where kind = 'notice_unrouted'`);
  expect(alerts).toEqual([{ detail: payment.merchantTransactionId, count: 1 }]);
  expect(await statusOf(payment.id)).toBe('pending');
});

test('another gateway has no say in a payment, however well it signs', async () => {
  const { payment, notice } = await paidAtBank();
  await asOwner(bed, `update payments set gateway = 'stripe' where id = $1`, [payment.id]);
  const taken = await takeNotice(bed.deps.systemCtx(), bed.deps.gateways, { gateway: 'sandbox', ...notice });
  expect(taken).toEqual({ kind: 'unrouted' });
});

test('a repeat settles what a crash between record and question left open', async () => {
  const { payment, notice } = await paidAtBank();
  const falls = (name: string) => ({
    ...bed.deps.gateways(name),
    getStatus: () => Promise.reject(new Error('the gateway does not answer')),
  });
  await takeNotice(bed.deps.systemCtx(), falls, { gateway: 'sandbox', ...notice });
  expect(await statusOf(payment.id)).toBe('pending');
  const taken = await takeNotice(bed.deps.systemCtx(), bed.deps.gateways, { gateway: 'sandbox', ...notice });
  expect(taken).toMatchObject({ kind: 'settled', isRepeat: true, payment: { status: 'completed' } });
});

test('a notice that is too large is refused unread', async () => {
  expect((await post(new Uint8Array(300_000), {})).status).toBe(400);
});

test('what a browser blocked is logged as directive and origin, and the sender learns nothing', async () => {
  const body = JSON.stringify({
    'csp-report': { 'effective-directive': 'script-src', 'blocked-uri': 'https://evil.example/x?secret=1' },
  });
  const answer = await api.app.request('/csp-reports', { method: 'POST', body });
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  const lines = api.complaints.filter((fields) => 'violations' in fields);
  expect(lines).toMatchObject([
    { violations: [{ directive: 'script-src', blocked: 'https://evil.example' }] },
  ]);
});
