import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutgoingHttp, OutgoingRequest, OutgoingResult } from '#outgoing/port.ts';
import type { AttemptOrder } from '#workflows/callback/contract.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { type OwedCallback, oweCallback } from '#test/fixtures/owed-callback.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { attemptCallback, dropCallback } from './attempt.ts';
import { readRank } from './rank.ts';
import { reviewCallback } from './review.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

const MINUTE_MS = 60_000;
const EXCHANGE_MS = 1_500;

function order(number: number, of: Partial<AttemptOrder> = {}): AttemptOrder {
  return { step: `s${number}`, number, commandId: null, dueMs: Date.now(), ...of };
}

async function attempt(callback: OwedCallback, wanted: AttemptOrder, http: OutgoingHttp = bed.deps.http) {
  const ctx = await bed.deps.profileCtx(callback.merchant.profile.id);
  return attemptCallback(ctx, { http, exchangeMs: EXCHANGE_MS }, callback.callbackId, wanted);
}

/** The worker dies when the receiver has the request and before it can store the outcome. */
function dyingAfterThePost(): OutgoingHttp {
  return {
    async send(request) {
      await bed.deps.http.send(request);
      throw new Error('killed');
    },
  };
}

/** Where no answer matters but what an answer means. */
function answering(result: OutgoingResult, seen: OutgoingRequest[] = []): OutgoingHttp {
  return {
    send(request) {
      seen.push(request);
      return Promise.resolve(result);
    },
  };
}

/** How long before now an attempt began by what it says. */
async function agoMs(made: ReturnType<typeof attempt>): Promise<number> {
  return Date.now() - (await made).startMs;
}

async function pretendItBegan(callback: OwedCallback, beforeMs: number): Promise<void> {
  await asOwner(
    bed,
    `update callback_attempts set started_at = now() - $2 * interval '1 ms' where callback_id = $1`,
    [callback.callbackId, beforeMs],
  );
}

test('an attempt that was sent but not recorded is sent again under the same webhook-id and marked', async () => {
  const callback = await oweCallback(bed, 500);
  await expect(attempt(callback, order(1), dyingAfterThePost())).rejects.toThrow('killed');
  await attempt(callback, order(1));

  const ids = callback.receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([callback.callbackId, callback.callbackId]);
  const [row, ...more] = await callback.attempts();
  expect(row).toMatchObject({ step: 's1', number: 1, sends: 2, crashDuplicate: true, outcome: 'failed' });
  expect(more).toEqual([]);
  await callback.receiver.close();
});

test('a crash duplicate is no attempt of its own: rank and number count it once', async () => {
  const callback = await oweCallback(bed, 500);
  await expect(attempt(callback, order(1), dyingAfterThePost())).rejects.toThrow('killed');
  await attempt(callback, order(1));

  const ctx = await bed.deps.profileCtx(callback.merchant.profile.id);
  expect(await readRank(ctx)).toBe(1);
  expect(await reviewCallback(ctx, callback.callbackId, null)).toMatchObject({ made: 1 });
  await callback.receiver.close();
});

test('what is sent again after a crash counts from its first sending, so that the schedule stays', async () => {
  const callback = await oweCallback(bed, 500);
  await expect(attempt(callback, order(1), dyingAfterThePost())).rejects.toThrow('killed');
  await pretendItBegan(callback, 26_000);
  expect(await agoMs(attempt(callback, order(1)))).toBeGreaterThanOrEqual(26_000);
  await callback.receiver.close();
});

test('what is sent again after a long outage counts from then, so that attempts do not bunch up', async () => {
  const callback = await oweCallback(bed, 500);
  await expect(attempt(callback, order(1), dyingAfterThePost())).rejects.toThrow('killed');
  await pretendItBegan(callback, 120 * MINUTE_MS);
  expect(await agoMs(attempt(callback, order(1)))).toBeLessThan(MINUTE_MS);
  await callback.receiver.close();
});

test('an outcome that is stored is given back, nothing is sent again, and the start stays where it was', async () => {
  const callback = await oweCallback(bed, 500);
  await attempt(callback, order(1));
  await pretendItBegan(callback, 30_000);
  const again = await attempt(callback, order(1));

  expect(again.outcome).toBe('failed');
  expect(Date.now() - again.startMs).toBeGreaterThanOrEqual(30_000);
  expect(callback.receiver.received).toHaveLength(1);
  expect(await callback.attempts()).toMatchObject([{ sends: 1, crashDuplicate: false }]);
  await callback.receiver.close();
});

test('an attempt of a workflow that is ahead of the wall clock begins in the workflow’s time', async () => {
  const callback = await oweCallback(bed, 500);
  const aheadMs = Date.now() + 90 * MINUTE_MS;
  const ctx = await bed.deps.profileCtx(callback.merchant.profile.id, aheadMs);
  const means = { http: bed.deps.http, exchangeMs: EXCHANGE_MS };
  const { startMs } = await attemptCallback(ctx, means, callback.callbackId, order(1));
  expect(aheadMs - startMs).toBeGreaterThanOrEqual(0);
  expect(aheadMs - startMs).toBeLessThan(MINUTE_MS);
  await callback.receiver.close();
});

test('of two workers that send one attempt at once the outcome is stored once and the rank rises once', async () => {
  const callback = await oweCallback(bed, 500);
  await Promise.all([attempt(callback, order(1)), attempt(callback, order(1))]);

  const ctx = await bed.deps.profileCtx(callback.merchant.profile.id);
  expect(await readRank(ctx)).toBe(1);
  expect(await callback.attempts()).toHaveLength(1);
  await callback.receiver.close();
});

test('every attempt sends the same bytes, the same signature and the real instant', async () => {
  const callback = await oweCallback(bed, 500);
  for (const number of [1, 2])
    await attempt(callback, order(number, { dueMs: Date.now() + number * MINUTE_MS }));

  const [first, second] = callback.receiver.received;
  expect(first?.body).toBe(second?.body);
  expect(first?.form['x_signature']).toMatch(/^[0-9a-f]{64}$/);
  const sentS = Number(first?.headers['webhook-timestamp']);
  expect(Math.abs(Date.now() / 1000 - sentS)).toBeLessThan(60);
  await callback.receiver.close();
});

test('an answer is kept by status, time and its first 2 KiB', async () => {
  const callback = await oweCallback(bed, 201);
  await attempt(callback, order(1));
  expect(await callback.attempts()).toMatchObject([
    { outcome: 'failed', httpStatus: 201, answerHead: 'received', error: null },
  ]);
  await callback.receiver.close();
});

test('under the schedule of Standard Webhooks a 410 ends it and Retry-After is kept', async () => {
  const callback = await oweCallback(bed, 200, { callbackSchedule: 'standard' });
  const gone = answering({
    kind: 'answered',
    status: 503,
    bodyHead: '',
    retryAfterMs: 90_000,
    durationMs: 5,
  });
  await attempt(callback, order(1), gone);
  expect(await callback.attempts()).toMatchObject([{ outcome: 'failed', retryAfterMs: 90_000 }]);

  await attempt(
    callback,
    order(2),
    answering({ kind: 'answered', status: 410, bodyHead: '', durationMs: 5 }),
  );
  expect((await callback.row()).status).toBe('dropped');
  await callback.receiver.close();
});

test('a refused address drops the callback at once and raises one alert', async () => {
  const callback = await oweCallback(bed, 200);
  const seen: OutgoingRequest[] = [];
  const refusing = answering({ kind: 'refused', reason: 'address_not_allowed', durationMs: 1 }, seen);
  await attempt(callback, order(1), refusing);

  expect(seen).toHaveLength(1);
  expect(await callback.row()).toMatchObject({ status: 'dropped', reason: 'address_not_allowed' });
  const alerts = await asOwner(bed, 'select kind, count, state from alerts where object = $1', [
    `callback:${callback.callbackId}`,
  ]);
  expect(alerts).toEqual([{ kind: 'callback_dropped', count: 1, state: 'open' }]);
  await callback.receiver.close();
});

test('a callback that was delivered is not dropped by a late word', async () => {
  const callback = await oweCallback(bed, 200);
  await attempt(callback, order(1));
  await dropCallback(await bed.deps.profileCtx(callback.merchant.profile.id), callback.callbackId);
  expect((await callback.row()).status).toBe('delivered');
  await callback.receiver.close();
});

test('people and payers cannot make an attempt', async () => {
  const callback = await oweCallback(bed, 200);
  for (const ctx of [callback.merchant.ctx, callback.merchant.payer()]) {
    const refused = attemptCallback(
      ctx,
      { http: bed.deps.http, exchangeMs: 1 },
      callback.callbackId,
      order(1),
    );
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(await callback.attempts()).toEqual([]);
  await callback.receiver.close();
});
