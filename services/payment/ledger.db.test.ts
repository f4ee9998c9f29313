import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill, pay } from '#test/fixtures/bill.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { post } from '../ledger/post.ts';
import { verifyLedger } from '../ledger/verify.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

async function paidPosting(): Promise<{ postingId: number; paymentId: string }> {
  const merchant = await newMerchant(bed);
  const payment = await pay(bed, merchant, await newBill(merchant));
  const [row] = await asOwner<{ id: string }>(bed, 'select id from ledger_postings where source_id = $1', [
    payment.id,
  ]);
  return { postingId: Number(row?.id), paymentId: payment.id };
}

/** What is found of one posting and its payment. */
async function findingsOf({
  postingId,
  paymentId,
}: {
  postingId: number;
  paymentId: string;
}): Promise<string[]> {
  const { findings } = await verifyLedger(bed.deps.systemCtx());
  return findings.filter((text) => text.startsWith(`posting ${postingId} `) || text.includes(paymentId));
}

/** Lets the owner write what the triggers refuse. */
async function tamper(sql: string, values: readonly unknown[]): Promise<void> {
  await asOwner(bed, 'alter table ledger_entries disable trigger all');
  await asOwner(bed, sql, values);
  await asOwner(bed, 'alter table ledger_entries enable trigger all');
}

test('what was tampered with is found, named, and raises one alert', async () => {
  const paid = await paidPosting();
  const { postingId, paymentId } = paid;
  expect(await findingsOf(paid)).toEqual([]);
  await tamper(
    'update ledger_entries set amount_minor = amount_minor + 7 where posting_id = $1 and amount_minor > 0',
    [postingId],
  );

  const sentences = [
    `posting ${postingId} is off by 7 MYR`,
    `payment ${paymentId} is completed but not booked in full`,
  ];
  expect(await findingsOf(paid)).toEqual(sentences);
  expect(await findingsOf(paid)).toEqual(sentences);
  const alerts = await asOwner(bed, `select kind, state from alerts where kind = 'ledger_imbalance'`);
  expect(alerts).toEqual([{ kind: 'ledger_imbalance', state: 'open' }]);

  await tamper(
    'update ledger_entries set amount_minor = amount_minor - 7 where posting_id = $1 and amount_minor > 0',
    [postingId],
  );
  expect(await findingsOf(paid)).toEqual([]);
});

test('a completed payment whose posting was taken away is found', async () => {
  const paid = await paidPosting();
  await tamper('delete from ledger_entries where posting_id = $1', [paid.postingId]);
  expect(await findingsOf(paid)).toEqual([`payment ${paid.paymentId} is completed but not booked in full`]);
});

test('an unbalanced posting is refused by the service, and by the database whoever writes it', async () => {
  const { ctx, profile } = await newMerchant(bed);
  const unbalanced = ctx.inTransaction((tx) =>
    post(tx, ctx, {
      kind: 'bill_paid',
      sourceType: 'payment',
      sourceId: 'none',
      currency: 'MYR',
      debit: [{ account: 'merchant_balance', amountMinor: 2 }],
      credit: [{ account: 'excess_payable', amountMinor: 1 }],
    }),
  );
  await expect(unbalanced).rejects.toThrow('does not balance');

  const planted = asOwner(
    bed,
    `with p as (insert into ledger_postings (profile_id, kind, source_type, source_id, request_id, at)
       values ($1, 'planted', 'test', 'x', 'r', now()) returning id)
     insert into ledger_entries (posting_id, profile_id, account, currency, amount_minor)
       select id, $1, 'merchant_balance', 'MYR', 5 from p`,
    [profile.id],
  );
  await expect(planted).rejects.toThrow('is off by 5 MYR');
});

test.for(['ledger_entries', 'ledger_postings', 'audit_log'])('%s only ever grows', async (table) => {
  await paidPosting();
  await expect(asOwner(bed, `update ${table} set profile_id = profile_id`)).rejects.toThrow('is append only');
  await expect(asOwner(bed, `delete from ${table}`)).rejects.toThrow('is append only');
});
