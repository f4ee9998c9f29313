import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { type OwedCallback, oweCallback } from '../fixtures/owed-callback.ts';
import { asOwner } from '../fixtures/sql.ts';

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await openWorkerTestbed({ KEKAL_CALLBACK_ALLOW_CIDRS: '' });
});
afterAll(() => bed.close());

async function alertsOf({ callbackId }: OwedCallback) {
  return asOwner(bed, 'select kind, count, detail from alerts where object = $1', [`callback:${callbackId}`]);
}

test.for([
  '',
  'http://localhost:9/',
  'http://169.254.169.254/latest/meta-data',
  'http://[::1]:9/',
  'http://10.0.0.1/',
])(
  'a callback to our own inside (%s) is refused unsent, dropped at once, and a person hears of it',
  async (callbackUrl) => {
    const callback = await oweCallback(bed, 200, callbackUrl === '' ? {} : { callbackUrl });
    await until('dropped', async () => (await callback.row()).status === 'dropped');

    expect(await callback.row()).toMatchObject({ reason: 'address_not_allowed' });
    expect(await callback.attempts()).toMatchObject([{ outcome: 'refused', httpStatus: null }]);
    expect(await alertsOf(callback)).toEqual([
      { kind: 'callback_dropped', count: 1, detail: 'address_not_allowed' },
    ]);
    expect(callback.receiver.received).toEqual([]);
    await callback.receiver.close();
  },
);

test.for(['ftp://merchant.test/hook', 'merchant.test/hook', 'javascript:alert(1)', 'http:///nobody'])(
  'a callback to %s, which nobody can call, is dropped without a workflow, and a person hears of it',
  async (callbackUrl) => {
    const callback = await oweCallback(bed, 200, { callbackUrl });

    expect(await callback.row()).toMatchObject({ status: 'dropped' });
    expect(await alertsOf(callback)).toMatchObject([{ kind: 'callback_dropped', count: 1 }]);
    expect(await callback.attempts()).toEqual([]);
    const told = await asOwner(bed, 'select id from outbox where object_id = $1', [callback.callbackId]);
    expect(told).toEqual([]);
    await callback.receiver.close();
  },
);
