import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Gateway, Gateways } from '#gateways/port.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill, pay } from '#test/fixtures/bill.ts';
import { NOT_WAITING } from '#test/fixtures/commanding.ts';
import { newMerchant, type TestMerchant } from '#test/fixtures/merchant.ts';
import { listAlerts } from '../alert/list.ts';
import { at } from '../context.ts';
import { carryOutRefund, findDueRefund } from './carry-out-refund.ts';
import { listBillRefunds, refundPayment } from './refund.ts';

const MINUTE_MS = 60_000;

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

/** A refund of RM 4 of a payment of RM 10 that nobody has carried out. */
async function asked() {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant, { amountSen: 1_000 });
  const payment = await pay(bed, merchant, bill);
  const refund = await refundPayment(merchant.ctx, NOT_WAITING, { billId: bill.id, amountSen: 400 });
  expect(refund.status).toBe('pending');
  const operator = await bed.deps.profileCtx(merchant.profile.id);
  return {
    merchant,
    bill,
    payment,
    refund,
    operator,
    carryOut: (gateways: Gateways, afterMs = 0) =>
      carryOutRefund(at(operator, refund.createdAtMs + afterMs), gateways, refund.id),
    now: async () => (await listBillRefunds(merchant.ctx, bill.id)).find(({ id }) => id === refund.id),
  };
}

/** The sandbox bank with answers of its own to refunds, and how often each was asked for. */
function detour(over: Partial<Gateway> = {}) {
  const real = bed.deps.gateways('sandbox');
  const calls: string[] = [];
  const gateway: Gateway = {
    name: real.name,
    startBankPayment: (request) => real.startBankPayment(request),
    getStatus: (ref) => real.getStatus(ref),
    parseNotice: (body, headers) => real.parseNotice(body, headers),
    canRefund: (method) => over.canRefund?.(method) ?? true,
    refund: (request) => {
      calls.push('refund');
      return (over.refund ?? real.refund)(request);
    },
    getRefund: (ref) => {
      calls.push('ask');
      return (over.getRefund ?? real.getRefund)(ref);
    },
  };
  return { gateways: (() => gateway) satisfies Gateways, calls, real };
}

const alertsOf = async ({ profile }: TestMerchant) =>
  (await listAlerts(bed.deps.systemCtx(), { profileId: profile.id })).map(({ kind }) => kind);

test('an answer that was lost is asked for, and the money is sent back once', async () => {
  const { carryOut, now, refund, payment, operator } = await asked();
  const { real } = detour();
  const lost = detour({
    refund: async (request) => {
      await real.refund(request);
      throw new Error('ECONNRESET');
    },
  });
  await carryOut(lost.gateways);
  expect(await now()).toMatchObject({ status: 'pending', checkAgainAtMs: refund.createdAtMs + 10_000 });
  expect(await findDueRefund(operator, payment.id)).toEqual({
    id: refund.id,
    dueAtMs: refund.createdAtMs + 10_000,
  });
  const found = detour();
  await carryOut(found.gateways, 10_000);
  expect(await now()).toMatchObject({ status: 'completed', completedAtMs: refund.createdAtMs + 10_000 });
  expect([lost.calls, found.calls]).toEqual([['refund'], ['ask']]);
  expect(await findDueRefund(operator, payment.id)).toBeUndefined();
});

test('what the gateway never heard of is sent again under the same key', async () => {
  const { carryOut, now } = await asked();
  await carryOut(
    detour({
      refund: async () => {
        throw new Error('ECONNREFUSED');
      },
    }).gateways,
  );
  const { gateways, calls } = detour();
  await carryOut(gateways, 10_000);
  expect(calls).toEqual(['ask', 'refund']);
  expect(await now()).toMatchObject({ status: 'completed' });
});

test('an outcome that stays unknown is never sent again, and after half an hour calls a person', async () => {
  const { carryOut, now, merchant } = await asked();
  const { gateways, calls } = detour({
    refund: async () => ({ kind: 'unknown_outcome' }),
    getRefund: async () => ({ kind: 'unknown_outcome' }),
  });
  await carryOut(gateways);
  await carryOut(gateways, 15 * MINUTE_MS);
  expect(await alertsOf(merchant)).toEqual([]);
  await carryOut(gateways, 30 * MINUTE_MS);
  expect(await alertsOf(merchant)).toEqual(['refund_unknown']);
  expect(calls).toEqual(['refund', 'ask', 'ask']);
  expect(await now()).toMatchObject({ status: 'pending' });
  await expect(
    refundPayment(merchant.ctx, NOT_WAITING, { billId: (await now())?.billId ?? '', amountSen: 601 }),
  ).rejects.toMatchObject({ code: 'refund_exceeds_payment' });
});

test('a declined refund frees its amount and calls a person', async () => {
  const { carryOut, now, merchant, bill } = await asked();
  await carryOut(
    detour({ refund: async () => ({ kind: 'declined', gatewayId: 'sbr_x', code: 'not_now' }) }).gateways,
  );
  expect(await now()).toMatchObject({ status: 'failed', failure: 'not_now' });
  expect(await alertsOf(merchant)).toEqual(['refund_failed']);
  const again = await refundPayment(merchant.ctx, NOT_WAITING, { billId: bill.id });
  expect(again.amountSen).toBe(1_000);
});

test('a pending refund is asked about when the gateway says', async () => {
  const { carryOut, now, refund } = await asked();
  const checkAgainAtMs = refund.createdAtMs + 3 * MINUTE_MS;
  await carryOut(
    detour({ refund: async () => ({ kind: 'pending', gatewayId: 'sbr_y', checkAgainAtMs }) }).gateways,
  );
  expect(await now()).toMatchObject({ status: 'pending', checkAgainAtMs, gatewayId: 'sbr_y' });
});

test('an approval of another amount is not believed and calls a person', async () => {
  const { carryOut, now, merchant } = await asked();
  await carryOut(
    detour({
      refund: async () => ({ kind: 'approved', gatewayId: 'sbr_z', amountMinor: 399, currency: 'MYR' }),
    }).gateways,
  );
  expect(await now()).toMatchObject({ status: 'pending' });
  expect(await alertsOf(merchant)).toEqual(['refund_unknown']);
});

test('where the method cannot give back, it is recorded as done by hand and no gateway is asked', async () => {
  const { carryOut, now } = await asked();
  const { gateways, calls } = detour({ canRefund: () => false });
  await carryOut(gateways);
  expect(await now()).toMatchObject({ status: 'completed', byHand: true });
  expect(calls).toEqual([]);
});

test('carrying out a refund again changes nothing', async () => {
  const { carryOut, now } = await asked();
  const { gateways, calls } = detour();
  await Promise.all([carryOut(gateways), carryOut(gateways)]);
  const done = await now();
  await carryOut(gateways, 60_000);
  expect(await now()).toEqual(done);
  expect(done).toMatchObject({ status: 'completed' });
  expect(calls.filter((call) => call === 'refund').length).toBeLessThanOrEqual(2);
});
