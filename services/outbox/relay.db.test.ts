import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WaitingMessage } from '#db/durability.repository.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { until } from '#test/engine/until.ts';
import { newMerchant, type TestMerchant } from '#test/fixtures/merchant.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { enqueue, type Message } from './enqueue.ts';
import type { WorkflowStarter } from './port.ts';
import { relayOnce, trimOutbox } from './relay.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterEach(() => asOwner(bed, 'delete from outbox'));
afterAll(() => bed.close());

/** Keeps what it is handed; `deliver` may fail or take its time. */
function recording(deliver: (message: WaitingMessage) => void | Promise<void> = () => {}) {
  const taken: WaitingMessage[] = [];
  const starter: WorkflowStarter = {
    async deliver(message) {
      taken.push(message);
      await deliver(message);
    },
  };
  return { taken, starter };
}

async function write(
  { ctx }: TestMerchant,
  ids: readonly string[],
  kind: Message['kind'] = 'start',
): Promise<void> {
  for (const id of ids) {
    await ctx.inTransaction((tx) =>
      enqueue(tx, ctx, {
        kind,
        workflowType: 'callback',
        workflowId: `callback-${id}`,
        input: { callbackId: id },
        objectId: id,
        summary: 'a test',
      }),
    );
  }
}

function relay(starter: WorkflowStarter) {
  return relayOnce(bed.deps.systemCtx(), starter);
}

interface Row {
  id: number;
  object_id: string;
  attempts: number;
  last_error: string | null;
  waits: boolean;
}

function waiting(): Promise<Row[]> {
  return asOwner<Row>(
    bed,
    `select id, object_id, attempts, last_error, retry_at > now() as waits from outbox
     where relayed_at is null order by id`,
  );
}

const made = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

test('messages are handed over in the order in which they were written, with who and what', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['a', 'b', 'c']);
  const { taken, starter } = recording();
  expect(await relay(starter)).toEqual({ done: 3, failed: 0 });

  expect(taken.map(({ objectId }) => objectId)).toEqual(['a', 'b', 'c']);
  expect(taken[0]).toMatchObject({
    kind: 'start',
    mode: 'sandbox',
    profileId: merchant.profile.id,
    workflowType: 'callback',
    workflowId: 'callback-a',
    input: { profileId: merchant.profile.id, callbackId: 'a' },
  });
  expect(await relay(starter)).toEqual({ done: 0, failed: 0 });
  expect(taken).toHaveLength(3);
});

test('two relays at once hand over each message once', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, made('x', 80));
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const one = recording(() => gate);
  const other = recording(() => gate);
  const both = [drain(one.starter), drain(other.starter)];
  await until('both hold messages', () => one.taken.length > 0 && other.taken.length > 0);
  open();
  await Promise.all(both);

  const ids = [...one.taken, ...other.taken].map(({ objectId }) => objectId);
  expect(ids.toSorted()).toEqual(made('x', 80).toSorted());
  expect(await waiting()).toEqual([]);
});

async function drain(starter: WorkflowStarter): Promise<void> {
  while ((await relay(starter)).done > 0);
}

test('two relays never hold messages to one workflow at once, and none of them is lost', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['w']);
  await write(merchant, ['w', 'w'], 'tell');
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const one = recording(() => gate);
  const first = relay(one.starter);
  await until('the first relay holds it', () => one.taken.length > 0);
  const other = recording();
  expect(await relay(other.starter)).toEqual({ done: 0, failed: 0 });
  await write(merchant, ['w'], 'tell');
  expect(await relay(other.starter)).toEqual({ done: 0, failed: 0 });
  open();
  expect(await first).toEqual({ done: 3, failed: 0 });
  expect(await relay(other.starter)).toEqual({ done: 1, failed: 0 });
  expect(other.taken.map(({ kind }) => kind)).toEqual(['tell']);
});

test('messages to one workflow become one: a creation with commands behind it is start and signal together', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['m', 'other']);
  await write(merchant, ['m', 'm', 'm'], 'tell');
  const { taken, starter } = recording();
  expect(await relay(starter)).toEqual({ done: 5, failed: 0 });

  expect(taken.map(({ objectId, kind, ids }) => ({ objectId, kind, rows: ids.length }))).toEqual([
    { objectId: 'm', kind: 'tell', rows: 4 },
    { objectId: 'other', kind: 'start', rows: 1 },
  ]);
});

test('the same id in both modes is two workflows', async () => {
  const sandbox = await newMerchant(bed);
  const live = await newMerchant(bed, { mode: 'live' });
  await write(sandbox, ['same']);
  await write(live, ['same']);
  await write(live, ['same'], 'tell');
  const { taken, starter } = recording();
  await relay(starter);

  expect(taken.map(({ mode, kind }) => `${mode} ${kind}`)).toEqual(['sandbox start', 'live tell']);
});

test('a message that Temporal does not take stays, says why, waits longer each time and goes out later', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['bad', 'good']);
  const failing = recording(({ objectId }) => {
    if (objectId === 'bad') throw new Error('14 UNAVAILABLE');
  });
  expect(await relay(failing.starter)).toEqual({ done: 1, failed: 1 });
  expect(await waiting()).toMatchObject([
    { object_id: 'bad', attempts: 1, last_error: 'Error: 14 UNAVAILABLE', waits: true },
  ]);
  expect(await relay(failing.starter)).toEqual({ done: 0, failed: 0 });

  await asOwner(bed, `update outbox set retry_at = now() where relayed_at is null`);
  expect(await relay(recording().starter)).toEqual({ done: 1, failed: 0 });
  expect(await waiting()).toEqual([]);
});

test('what comes after a failed message to the same workflow waits for it and keeps its order', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['q']);
  await relay(
    recording(() => {
      throw new Error('away');
    }).starter,
  );
  await write(merchant, ['q'], 'tell');
  expect(await relay(recording().starter)).toEqual({ done: 0, failed: 0 });

  await asOwner(bed, `update outbox set retry_at = now() where relayed_at is null`);
  const { taken, starter } = recording();
  await relay(starter);
  expect(taken.map(({ kind, ids }) => ({ kind, rows: ids.length }))).toEqual([{ kind: 'tell', rows: 2 }]);
});

test('a relay that loses its database with messages in hand leaves them to the next one, and lives on', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['d1', 'd2']);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const dying = recording(() => gate);
  const lost = relay(dying.starter);
  await until('it holds them', () => dying.taken.length === 2);
  await asOwner(
    bed,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and state = 'idle in transaction'`,
  );
  const next = recording();
  await until('the next relay has them', async () => {
    await relay(next.starter);
    return next.taken.length === 2;
  });
  expect(next.taken.map(({ objectId }) => objectId)).toEqual(['d1', 'd2']);
  open();
  await expect(lost).rejects.toThrow(/connection/i);
});

test('a message whose transaction is undone was never there', async () => {
  const { ctx } = await newMerchant(bed);
  const undone = ctx.inTransaction(async (tx) => {
    const message = {
      kind: 'start',
      workflowType: 'callback',
      workflowId: 'callback-u',
      objectId: 'u',
    } as const;
    await enqueue(tx, ctx, { ...message, input: {}, summary: '' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await waiting()).toEqual([]);
});

test('what was relayed is forgotten after 30 days, what waits never', async () => {
  const merchant = await newMerchant(bed);
  await write(merchant, ['old', 'young', 'waits']);
  await asOwner(
    bed,
    `update outbox set relayed_at = now() - case object_id when 'old' then interval '31 days' else interval '29 days' end
     where object_id <> 'waits'`,
  );
  await asOwner(bed, `update outbox set recorded_at = now() - interval '99 days'`);
  await trimOutbox(bed.deps.systemCtx());
  const rows = await asOwner<{ object_id: string }>(bed, 'select object_id from outbox order by id');
  expect(rows.map(({ object_id: id }) => id)).toEqual(['young', 'waits']);
});

test('only our own processes relay', async () => {
  const merchant = await newMerchant(bed);
  const person = { ...bed.deps.systemCtx(), actor: merchant.ctx.actor };
  const { taken, starter } = recording();
  await write(merchant, ['p']);
  await expect(relayOnce(person, starter)).rejects.toMatchObject({ code: 'forbidden' });
  expect(taken).toEqual([]);
});
