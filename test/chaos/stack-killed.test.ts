import { afterAll, beforeAll, expect, test } from 'vitest';
import { getBill } from '#services/bill/read.ts';
import { verifyLedger } from '#services/ledger/verify.ts';
import { createDeps, type Deps } from '#worker/deps.ts';
import { until } from '../engine/until.ts';
import { type Part, type RealStack, startRealStack } from '../fixtures/real-stack.ts';
import { type Receiver, startReceiver } from '../fixtures/receiver.ts';
import { startSmallLoad } from '../fixtures/small-load.ts';

const BILLS = 16;
const RECOVERY_MS = 120_000;

let stack: RealStack;
let receiver: Receiver;
let deps: Deps;
beforeAll(async () => {
  receiver = await startReceiver(200);
  stack = await startRealStack({
    KEKAL_DATABASE_STEP_TIMEOUT_MS: '3000',
    KEKAL_EXCHANGE_TIMEOUT_MS: '3000',
    KEKAL_ATTEMPT_TIMEOUT_MS: '4000',
    KEKAL_GATEWAY_TIMEOUT_MS: '4000',
  });
  deps = createDeps(stack.config, 'test');
});
afterAll(async () => {
  await deps.close();
  await stack.stop();
  await receiver.close();
});

interface CallbackRow {
  id: string;
  object_id: string;
  status: string;
  outcomes: string[];
  sends: number;
  settled_at: Date;
}

async function callbacksOf(billIds: readonly string[]): Promise<CallbackRow[]> {
  const { rows } = await deps.database.pool.query<CallbackRow>(
    `select c.id, c.object_id, c.status, c.settled_at, array_agg(a.outcome order by a.id) as outcomes,
       sum(a.sends)::int as sends
     from callbacks c left join callback_attempts a on a.callback_id = c.id
     where c.object_id = any($1) group by c.id order by c.id`,
    [billIds],
  );
  return rows;
}

const PARTS: readonly Part[] = ['api', 'worker', 'temporal', 'postgres'];

test.for(PARTS)(
  'kill -9 of %s under load: no acknowledged bill is lost, no callback is lost, none is sent after its success',
  { timeout: 240_000 },
  async (part) => {
    const load = startSmallLoad(stack, { bills: BILLS, callbackUrl: `${receiver.url}?${part}` });
    await until('a part of the load is done', () => load.paid.length >= 4, RECOVERY_MS);
    const killedPid = stack.kill(part);
    await load.done;
    await stack.back(part, killedPid);

    expect(new Set(load.created).size).toBe(BILLS);
    expect(load.paid.toSorted()).toEqual(load.created.toSorted());
    const ctx = await deps.profileCtx(stack.demo.orders.profile_id);
    for (const id of load.created) expect((await getBill(ctx, id)).bill, id).toMatchObject({ state: 'paid' });

    const rows = await until(
      'every callback is delivered',
      async () => {
        const seen = await callbacksOf(load.created);
        return seen.length === BILLS && seen.every(({ status }) => status === 'delivered') && seen;
      },
      RECOVERY_MS,
    );
    expect(rows.map(({ object_id: billId }) => billId).toSorted()).toEqual(load.created.toSorted());
    for (const { id, outcomes, sends, settled_at: settledAt } of rows) {
      const sent = receiver.received.filter(({ headers }) => headers['webhook-id'] === id);
      expect(
        outcomes.filter((outcome) => outcome === 'delivered'),
        id,
      ).toHaveLength(1);
      expect(sent.length, id).toBeGreaterThanOrEqual(1);
      // An intent may be written and die before its POST; a POST without an intent there is never.
      expect(sent.length, id).toBeLessThanOrEqual(sends);
      expect(
        sent.filter(({ atMs }) => atMs > settledAt.getTime()),
        id,
      ).toEqual([]);
    }
    expect((await verifyLedger(deps.systemCtx())).findings).toEqual([]);
  },
);
