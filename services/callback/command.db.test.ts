import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { NOT_WAITING } from '#test/fixtures/commanding.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';
import { type OwedCallback, oweCallback } from '#test/fixtures/owed-callback.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { commandCallback } from './command.ts';
import { reviewCallback } from './review.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

function command(callback: OwedCallback, verb: 'redeliver' | 'cancel', idempotencyKey: string | null = null) {
  const { merchant, callbackId } = callback;
  return commandCallback(merchant.ctx, NOT_WAITING, { callbackId, verb, idempotencyKey });
}

/** The look that the workflow takes. */
async function review(callback: OwedCallback) {
  return reviewCallback(await bed.deps.profileCtx(callback.merchant.profile.id), callback.callbackId, null);
}

async function written(callback: OwedCallback) {
  const count = async (table: string, where: string) => {
    const sql = `select count(*)::int as n from ${table} where ${where}`;
    const [row] = await asOwner<{ n: number }>(bed, sql, [callback.callbackId]);
    return row?.n;
  };
  return {
    commands: await count('commands', 'object_id = $1'),
    audits: await count(
      'audit_log',
      `object_id = $1 and action in ('callback.redeliver', 'callback.cancel')`,
    ),
    told: await count('outbox', `object_id = $1 and kind = 'tell'`),
  };
}

test('a command is a row, an audit row and a hint to the workflow', async () => {
  const callback = await oweCallback(bed, 500);
  expect(await command(callback, 'redeliver')).toMatchObject({ verb: 'redeliver', outcome: null });
  expect(await written(callback)).toEqual({ commands: 1, audits: 1, told: 1 });
  await callback.receiver.close();
});

test('redeliveries with one idempotency key are one command and one audit row, however they meet', async () => {
  const callback = await oweCallback(bed, 500);
  const given = await Promise.all(Array.from({ length: 5 }, () => command(callback, 'redeliver', 'one-key')));
  const again = await command(callback, 'redeliver', 'one-key');

  expect(new Set([...given, again].map(({ id }) => id)).size).toBe(1);
  expect(await written(callback)).toEqual({ commands: 1, audits: 1, told: 1 });
  await callback.receiver.close();
});

test('redeliveries without a key are one each', async () => {
  const callback = await oweCallback(bed, 500);
  await command(callback, 'redeliver');
  await command(callback, 'redeliver');
  expect((await review(callback)).redeliver).toHaveLength(2);
  await callback.receiver.close();
});

test('an eleventh open command is refused and writes nothing; a repeat of an open one is not an eleventh', async () => {
  const callback = await oweCallback(bed, 500);
  for (let n = 1; n <= 10; n += 1) await command(callback, 'redeliver', `key ${n}`);

  await expect(command(callback, 'redeliver', 'key 11')).rejects.toMatchObject({ code: 'too_many_commands' });
  expect(await command(callback, 'redeliver', 'key 10')).toMatchObject({ outcome: null });
  expect(await written(callback)).toEqual({ commands: 10, audits: 10, told: 10 });
  await callback.receiver.close();
});

test('a cancel ends a pending callback; another one is refused, but its own key gives its outcome again', async () => {
  const callback = await oweCallback(bed, 500);
  const first = await command(callback, 'cancel', 'stop');
  await review(callback);

  expect((await callback.row()).status).toBe('cancelled');
  await expect(command(callback, 'cancel')).rejects.toMatchObject({ code: 'callback_settled' });
  await expect(command(callback, 'cancel', 'other')).rejects.toMatchObject({ code: 'callback_settled' });
  expect(await command(callback, 'cancel', 'stop')).toMatchObject({ id: first.id, outcome: { done: true } });
  await callback.receiver.close();
});

test('of two cancels that wait together one is done and the other is told that it came too late', async () => {
  const callback = await oweCallback(bed, 500);
  await command(callback, 'cancel', 'a');
  await command(callback, 'cancel', 'b');
  await review(callback);

  const rows = await asOwner<{ outcome: object }>(
    bed,
    'select outcome from commands where object_id = $1 order by id',
    [callback.callbackId],
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual([{ done: true }, { refused: 'callback_settled' }]);
  await callback.receiver.close();
});

test.for(['normal', 'restricted'] as const)('a user of role %s may not redeliver or cancel', async (role) => {
  const callback = await oweCallback(bed, 500);
  const ctx = await callback.merchant.as(role);
  for (const verb of ['redeliver', 'cancel'] as const) {
    const refused = commandCallback(ctx, NOT_WAITING, { callbackId: callback.callbackId, verb });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(await written(callback)).toEqual({ commands: 0, audits: 0, told: 0 });
  await callback.receiver.close();
});

test('another profile’s callback does not exist', async () => {
  const callback = await oweCallback(bed, 500);
  const stranger = await newMerchant(bed);
  const refused = commandCallback(stranger.ctx, NOT_WAITING, {
    callbackId: callback.callbackId,
    verb: 'redeliver',
  });
  await expect(refused).rejects.toMatchObject({ code: 'not_found' });
  expect(await written(callback)).toEqual({ commands: 0, audits: 0, told: 0 });
  await callback.receiver.close();
});
