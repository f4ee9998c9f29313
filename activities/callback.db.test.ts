import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAttempts } from '#db/callback.repository.ts';
import { openTestbed, type Testbed } from '../test/engine/testbed.ts';
import { until } from '../test/engine/until.ts';
import { newBill, pay } from '../test/fixtures/bill.ts';
import { newMerchant } from '../test/fixtures/merchant.ts';
import { startReceiver } from '../test/fixtures/receiver.ts';
import { listCallbacks } from '#services/callback/read.ts';
import { createCallbackActivities } from './callback.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

test('an attempt that is cancelled lets go of a receiver that hangs, and says why it failed', async () => {
  const receiver = await startReceiver('hang');
  const merchant = await newMerchant(bed);
  await pay(bed, merchant, await newBill(merchant, { callbackUrl: receiver.url }));
  const [callback] = await listCallbacks(merchant.ctx, { limit: 1 });
  const { post } = createCallbackActivities({ ...bed.deps, exchangeMs: 20_000 });
  const environment = new MockActivityEnvironment();
  const { profile } = merchant;
  const input = {
    callbackId: callback?.id ?? '',
    profileId: profile.id,
    timeouts: { databaseStepMs: 1000, attemptMs: 25_000, gatewayMs: 1000 },
  };
  const order = { step: 's1', number: 1, commandId: null, dueMs: Date.now() };
  const running = environment.run(post, input, order);
  await until('the receiver has it', () => receiver.received.length === 1);
  environment.cancel();

  expect(await running).toMatchObject({ outcome: 'failed' });
  const [attempt] = await merchant.ctx.inTransaction((tx) => listAttempts(tx, profile.id, input.callbackId));
  expect(attempt).toMatchObject({ outcome: 'failed', error: 'aborted' });
  await receiver.close();
});
