import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { NOT_WAITING } from '#test/fixtures/commanding.ts';
import { newBill } from '#test/fixtures/bill.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';
import { type OwedCallback, oweCallback } from '#test/fixtures/owed-callback.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { attemptCallback } from '../callback/attempt.ts';
import { commandCallback } from '../callback/command.ts';
import { startPayment } from '../payment/start.ts';
import { sweep } from './sweep.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
/** Nothing is left that the next test's sweep would find. */
afterEach(async () => {
  await asOwner(bed, `update callbacks set status = 'delivered'`);
  await asOwner(bed, `update payments set status = 'failed'`);
  await asOwner(bed, `update commands set outcome = '{}'`);
  await asOwner(bed, 'delete from outbox');
});
afterAll(() => bed.close());

/** Sweeps, and gives what it wrote to the outbox. */
async function told() {
  const [row] = await asOwner<{ last: number }>(bed, 'select coalesce(max(id), 0)::int as last from outbox');
  await sweep(bed.deps.systemCtx());
  return asOwner<{
    workflow_id: string;
    kind: string;
    workflow_type: string;
    mode: string;
    profile_id: number;
  }>(bed, 'select workflow_id, kind, workflow_type, mode, profile_id from outbox where id > $1 order by id', [
    row?.last ?? 0,
  ]);
}

/** The outbox has told Temporal, and Temporal has forgotten. */
function forgotten(): Promise<unknown> {
  return asOwner(bed, 'update outbox set relayed_at = now()');
}

function ageCallback({ callbackId }: OwedCallback, minutes: number): Promise<unknown> {
  return asOwner(bed, `update callbacks set first_due_at = now() - $2 * interval '1 minute' where id = $1`, [
    callbackId,
    minutes,
  ]);
}

test('a pending callback that nobody attempts is told again, once; one that has time left is not', async () => {
  const callback = await oweCallback(bed, 200);
  await forgotten();
  await ageCallback(callback, 9);
  expect(await told()).toEqual([]);
  await ageCallback(callback, 11);
  expect(await told()).toEqual([
    {
      workflow_id: callback.workflowId,
      kind: 'tell',
      workflow_type: 'callback',
      mode: 'sandbox',
      profile_id: callback.merchant.profile.id,
    },
  ]);
  expect(await told()).toEqual([]);
  await callback.receiver.close();
});

test('a callback between its attempts has a day and an hour', async () => {
  const callback = await oweCallback(bed, 500);
  const ctx = await bed.deps.profileCtx(callback.merchant.profile.id);
  const order = { step: 's1', number: 1, commandId: null, dueMs: Date.now() };
  await attemptCallback(ctx, { http: bed.deps.http, exchangeMs: 1_500 }, callback.callbackId, order);
  await forgotten();
  await ageCallback(callback, 60 * 40);
  const age = (hours: number) =>
    asOwner(bed, `update callback_attempts set recorded_at = now() - $1 * interval '1 hour'`, [hours]);
  await age(24.5);
  expect(await told()).toEqual([]);
  await age(25.5);
  expect(await told()).toMatchObject([{ workflow_id: callback.workflowId }]);
  await callback.receiver.close();
});

test.for(['delivered', 'dropped', 'cancelled'])('a callback that is %s rests', async (status) => {
  const callback = await oweCallback(bed, 200);
  await forgotten();
  await ageCallback(callback, 10_000);
  await asOwner(bed, 'update callbacks set status = $2 where id = $1', [callback.callbackId, status]);
  expect(await told()).toEqual([]);
  await callback.receiver.close();
});

test('a pending payment that nobody asks about for ten minutes is told again', async () => {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant);
  const { payment } = await startPayment(merchant.payer(), bed.deps.gateways, {
    billId: bill.id,
    method: 'fpx',
    bankCode: 'TEST0001',
  });
  await forgotten();
  expect(await told()).toEqual([]);
  await asOwner(bed, `update payments set check_again_at = now() - interval '11 minutes'`);
  expect(await told()).toMatchObject([
    { workflow_id: `payment-${payment.id}`, kind: 'tell', workflow_type: 'payment' },
  ]);
  expect(await told()).toEqual([]);
});

test('a command that waits for more than a minute is told again', async () => {
  const callback = await oweCallback(bed, 200);
  const { merchant, callbackId } = callback;
  await commandCallback(merchant.ctx, NOT_WAITING, { callbackId, verb: 'redeliver' });
  await commandCallback(merchant.ctx, NOT_WAITING, { callbackId, verb: 'redeliver' });
  await forgotten();
  expect(await told()).toEqual([]);
  await asOwner(bed, `update commands set recorded_at = now() - interval '61 seconds'`);
  expect(await told()).toMatchObject([{ workflow_id: callback.workflowId, kind: 'tell' }]);
  await callback.receiver.close();
});

test('what waits in the outbox is on its way and is not told twice', async () => {
  const callback = await oweCallback(bed, 200);
  await ageCallback(callback, 11);
  expect(await told()).toEqual([]);
  await callback.receiver.close();
});

test('only our own processes sweep', async () => {
  const merchant = await newMerchant(bed);
  const person = { ...bed.deps.systemCtx(), actor: merchant.ctx.actor };
  await expect(sweep(person)).rejects.toMatchObject({ code: 'forbidden' });
});
