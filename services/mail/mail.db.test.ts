import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '#db/alert.repository.ts';
import { balances } from '#db/ledger.repository.ts';
import { listMails, loadMail } from '#db/mail.repository.ts';
import { Refusal } from '#domain/refusal.ts';
import type { OutgoingMail } from '#outgoing/mail-port.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';
import { newBill, pay } from '#test/fixtures/bill.ts';
import { newMerchant, type TestMerchant } from '#test/fixtures/merchant.ts';
import { asOwner } from '#test/fixtures/sql.ts';
import { raiseAlert } from '../alert/raise.ts';
import { sweep } from '../outbox/sweep.ts';
import { setReceiptDelivery } from '../collection/receipt-delivery.ts';
import { setProfile } from '../profile/set.ts';
import { addSmsCredit } from '../sms/credit.ts';
import { type MailMeans, sendMail, viewMail } from './send-mail.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

const MOBILE = () => `+6012${Math.floor(1_000_000 + (randomBytes(4).readUInt32BE() % 8_999_999))}`;

const mailsOf = (merchant: TestMerchant) =>
  merchant.ctx.inTransaction((tx) => listMails(tx, { limit: 50, offset: 0 }));

/** Sends what the profile owes by text message, once each. */
async function sendTexts(merchant: TestMerchant, means: MailMeans = bed.deps.mailMeans) {
  const ctx = await bed.deps.profileCtx(merchant.profile.id);
  const owed = (await mailsOf(merchant)).filter(
    ({ channel, status }) => channel === 'sms' && status === 'pending',
  );
  await Promise.all(owed.map(({ id }) => sendMail(ctx, means, id, { number: 1, atMs: Date.now() })));
  return (await mailsOf(merchant)).filter(({ channel }) => channel === 'sms');
}

async function creditOf(merchant: TestMerchant): Promise<number> {
  const all = await merchant.ctx.inTransaction((tx) => balances(tx, merchant.profile.id));
  return all.find(({ account }) => account === 'sms_credit')?.amountMinor ?? 0;
}

async function giveCredit(merchant: TestMerchant, amountMinor: number): Promise<void> {
  await addSmsCredit(await bed.deps.profileCtx(merchant.profile.id), amountMinor);
}

test.for([
  [{ deliver: false }, []],
  [{ deliver: true }, ['bill_ready']],
  [{ deliver: true, mobile: '+60122334455' }, ['bill_ready', 'bill_ready_sms']],
  [{ deliver: true, mobile: '+60122334455', email: null }, ['bill_ready_sms']],
] as const)('a bill of %o owes %o', async ([wanted, templates]) => {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant, wanted);
  const mails = await mailsOf(merchant);
  expect(mails.map(({ content }) => content.template).toSorted()).toEqual(templates);
  for (const mail of mails) {
    expect(mail).toMatchObject({ status: 'pending', objectId: bill.id, written: null });
    const rows = await asOwner(bed, 'select kind, workflow_type from outbox where workflow_id = $1', [
      `mail-${mail.id}`,
    ]);
    expect(rows).toEqual([{ kind: 'start', workflow_type: 'mail' }]);
  }
});

test('a bill that is refused owes no mail', async () => {
  const merchant = await newMerchant(bed);
  await expect(newBill(merchant, { deliver: true, collectionId: 'nothere1' })).rejects.toThrow(Refusal);
  expect(await mailsOf(merchant)).toEqual([]);
});

test.for([
  [false, 'global', 0],
  [true, 'global', 1],
  [false, 'active', 1],
  [true, 'inactive', 0],
] as const)(
  'with the profile at %s and the collection at %s a paid bill owes %i receipts',
  async ([profile, delivery, count]) => {
    const merchant = await newMerchant(bed);
    const bill = await newBill(merchant);
    await setProfile(bed.deps.systemCtx(), merchant.profile.id, { customerReceiptDelivery: profile });
    await setReceiptDelivery(merchant.ctx, { id: bill.collectionId, delivery });
    const payer = {
      ...merchant,
      payer: () => ({
        ...merchant.payer(),
        profile: { ...merchant.profile, customerReceiptDelivery: profile },
      }),
    };
    const payment = await pay(bed, payer, bill);
    const receipts = await mailsOf(merchant);
    expect(receipts).toHaveLength(count);
    for (const receipt of receipts) {
      expect(receipt.content).toMatchObject({
        template: 'bill_receipt',
        facts: {
          billId: bill.id,
          amountSen: 200,
          transactionId: payment.id,
          channel: 'FPX',
          emailLink: null,
        },
      });
      expect(receipt.to).toBe('payer@payer.test');
    }
  },
);

test('an open collection’s link is mailed after payment whatever the settings say, and a second payment mails nothing', async () => {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant);
  await setReceiptDelivery(merchant.ctx, { id: bill.collectionId, delivery: 'inactive' });
  const link = 'https://shop.test/thanks';
  await asOwner(bed, 'update collections set email_link = $2 where id = $1', [bill.collectionId, link]);
  await pay(bed, merchant, bill);
  const [receipt, ...others] = await mailsOf(merchant);
  expect(others).toEqual([]);
  expect(receipt?.content.facts).toMatchObject({ emailLink: link });
});

test('a failed payment and a bill without e-mail address owe no receipt', async () => {
  const merchant = await newMerchant(bed);
  const failed = await newBill(merchant);
  await setReceiptDelivery(merchant.ctx, { id: failed.collectionId, delivery: 'active' });
  await pay(bed, merchant, failed, 'fail');
  const { collectionId } = failed;
  await pay(bed, merchant, await newBill(merchant, { collectionId, email: null, mobile: MOBILE() }));
  expect(await mailsOf(merchant)).toEqual([]);
});

test('receipt delivery is changed by those who may change collections, and audited once', async () => {
  const merchant = await newMerchant(bed);
  const { collectionId: id } = await newBill(merchant);
  await setReceiptDelivery(merchant.ctx, { id, delivery: 'active' });
  await setReceiptDelivery(merchant.ctx, { id, delivery: 'active' });
  const rows = await asOwner(
    bed,
    "select before, after from audit_log where object_id = $1 and action like '%receipt%'",
    [id],
  );
  expect(rows).toEqual([{ before: { delivery: 'global' }, after: { delivery: 'active' } }]);
  const stranger = await newMerchant(bed);
  await expect(setReceiptDelivery(stranger.ctx, { id, delivery: 'active' })).rejects.toThrow('not_found');
  await expect(
    setReceiptDelivery(await merchant.as('restricted'), { id, delivery: 'global' }),
  ).rejects.toThrow('not_found');
});

test('a text message is paid from the credit by its length, once however often it is tried', async () => {
  const merchant = await newMerchant(bed);
  await giveCredit(merchant, 100);
  await newBill(merchant, { deliver: true, email: null, mobile: MOBILE() });
  const failing: MailMeans = {
    ...bed.deps.mailMeans,
    sms: () => ({
      segmentMinor: 15,
      send: () => Promise.resolve({ kind: 'deferred', detail: 'busy', mayHaveArrived: false }),
    }),
  };
  const [first] = await sendTexts(merchant, failing);
  expect(first).toMatchObject({ status: 'pending', costMinor: 15 });
  const ctx = await bed.deps.profileCtx(merchant.profile.id);
  await sendMail(ctx, bed.deps.mailMeans, first?.id ?? '', { number: 2, atMs: Date.now() });
  expect((await mailsOf(merchant))[0]).toMatchObject({ status: 'sent', costMinor: 15 });
  expect(await creditOf(merchant)).toBe(85);
});

test('without credit a text message is skipped, and that is noted', async () => {
  const merchant = await newMerchant(bed);
  await giveCredit(merchant, 14);
  await newBill(merchant, { deliver: true, email: null, mobile: MOBILE() });
  expect(await sendTexts(merchant)).toMatchObject([{ status: 'skipped', reason: 'no SMS credit' }]);
  expect(await creditOf(merchant)).toBe(14);
});

test('two text messages never spend the same credit', async () => {
  const merchant = await newMerchant(bed);
  await giveCredit(merchant, 29);
  const { collectionId } = await newBill(merchant, { deliver: true, email: null, mobile: MOBILE() });
  await newBill(merchant, { collectionId, deliver: true, email: null, mobile: MOBILE() });
  const sent = await sendTexts(merchant);
  expect(sent.map(({ status }) => status).toSorted()).toEqual(['sent', 'skipped']);
  expect(await creditOf(merchant)).toBe(14);
});

test('a text message that the carrier refuses costs nothing', async () => {
  const merchant = await newMerchant(bed);
  await giveCredit(merchant, 100);
  await newBill(merchant, { deliver: true, email: null, mobile: '+60123450009' });
  expect(await sendTexts(merchant)).toMatchObject([{ status: 'failed' }]);
  expect(await creditOf(merchant)).toBe(100);
});

test('in live mode nobody carries text messages yet: skipped, and noted', async () => {
  const merchant = await newMerchant(bed, { mode: 'live' });
  await giveCredit(merchant, 100);
  await newBill(merchant, { deliver: true, email: null, mobile: MOBILE() });
  expect(await sendTexts(merchant)).toMatchObject([{ status: 'skipped', reason: 'no SMS sender' }]);
});

test('without a mail server a mail is skipped, and that is noted', async () => {
  const merchant = await newMerchant(bed);
  await newBill(merchant, { deliver: true });
  const [owed] = await mailsOf(merchant);
  const ctx = await bed.deps.profileCtx(merchant.profile.id);
  await sendMail(ctx, bed.deps.mailMeans, owed?.id ?? '', { number: 1, atMs: Date.now() });
  expect((await mailsOf(merchant))[0]).toMatchObject({ status: 'skipped', reason: 'no mail server is set' });
  expect(await viewMail(ctx, owed?.id ?? '')).toEqual({ status: 'skipped', next: null });
});

test('every try says what the first one said, though the profile has changed since', async () => {
  const merchant = await newMerchant(bed);
  await newBill(merchant, { deliver: true });
  const [owed] = await mailsOf(merchant);
  const sent: OutgoingMail[] = [];
  const means: MailMeans = {
    ...bed.deps.mailMeans,
    mail: {
      send: (mail) => {
        sent.push(mail);
        return Promise.resolve({ kind: 'deferred', detail: 'later', mayHaveArrived: true });
      },
    },
  };
  for (const number of [1, 2]) {
    const ctx = await bed.deps.profileCtx(merchant.profile.id);
    await sendMail(ctx, means, owed?.id ?? '', { number, atMs: Date.now() });
    await setProfile(bed.deps.systemCtx(), merchant.profile.id, { language: 'ms' });
  }
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  const tries = await asOwner(
    bed,
    'select number, may_be_duplicate from mail_tries where mail_id = $1 order by 1',
    [owed?.id],
  );
  expect(tries).toEqual([
    { number: 1, may_be_duplicate: false },
    { number: 2, may_be_duplicate: true },
  ]);
});

test('another profile’s mail does not exist', async () => {
  const merchant = await newMerchant(bed);
  await newBill(merchant, { deliver: true });
  const [owed] = await mailsOf(merchant);
  const stranger = await newMerchant(bed);
  expect(await mailsOf(stranger)).toEqual([]);
  await expect(
    stranger.ctx.inTransaction((tx) => loadMail(tx, merchant.profile.id, owed?.id ?? '')),
  ).rejects.toThrow('not_found');
});

test('a new alert is mailed to each administrator; a repeat raises its count, not the mail', async () => {
  const merchant = await newMerchant(bed);
  await merchant.as('accountant');
  await merchant.as('admin');
  const raise = () =>
    merchant.ctx.inTransaction((tx) =>
      raiseAlert(tx, merchant.profile.id, 'callback_dropped', 'callback:cb_x', 'gone'),
    );
  await raise();
  await raise();
  await raise();
  const mails = await mailsOf(merchant);
  expect(mails.map(({ to }) => to?.split('.')[0])).toEqual(['admin', 'admin']);
  expect(new Set(mails.map(({ to }) => to)).size).toBe(2);
  const filter = { profileId: merchant.profile.id, open: true, limit: 10, offset: 0 };
  expect(await merchant.ctx.inTransaction((tx) => listAlerts(tx, filter))).toMatchObject([{ count: 3 }]);
});

test('a profile that no administrator reaches is told at its contact address', async () => {
  const merchant = await newMerchant(bed);
  await asOwner(bed, 'update users set active = false where merchant_id = $1', [merchant.merchantId]);
  await merchant.ctx.inTransaction((tx) =>
    raiseAlert(tx, merchant.profile.id, 'payment_unknown', 'payment:x', 'unknown'),
  );
  expect((await mailsOf(merchant)).map(({ to }) => to)).toEqual([merchant.profile.contactEmail]);
});

test('what concerns the installation goes to its administrators, and is skipped where none are set', async () => {
  const object = `ledger${randomBytes(4).toString('hex')}`;
  const system = bed.deps.systemCtx();
  await system.inTransaction((tx) => raiseAlert(tx, null, 'ledger_imbalance', object, 'off by one'));
  const all = await system.inTransaction((tx) => listMails(tx, { limit: 50, offset: 0 }));
  const owed = all.find(({ content }) => content.template === 'alert' && content.facts.object === object);
  expect(owed).toMatchObject({ profileId: null, to: null, status: 'pending' });

  const sent: OutgoingMail[] = [];
  const mail: MailMeans['mail'] = {
    send: (each) => {
      sent.push(each);
      return Promise.resolve({ kind: 'accepted', detail: '250' });
    },
  };
  const order = { number: 1, atMs: Date.now() };
  await sendMail(
    system,
    { ...bed.deps.mailMeans, mail, administrators: ['root@ops.test', 'two@ops.test'] },
    owed?.id ?? '',
    order,
  );
  expect(sent).toMatchObject([{ to: ['root@ops.test', 'two@ops.test'], fromName: 'Kekal', replyTo: null }]);
  expect(await viewMail(system, owed?.id ?? '')).toEqual({ status: 'sent', next: null });
});

test('a mail whose promise to Temporal was lost is found by the sweeper, one that is on its way is left alone', async () => {
  const merchant = await newMerchant(bed);
  const lost = await newBill(merchant, { deliver: true });
  await newBill(merchant, { collectionId: lost.collectionId, deliver: true });
  const [onItsWay, forgotten] = await mailsOf(merchant);
  await asOwner(bed, "update mails set created_at = created_at - interval '11 minutes'");
  await asOwner(bed, 'delete from outbox where workflow_id = $1', [`mail-${forgotten?.id}`]);
  await sweep(bed.deps.systemCtx());
  const told = await asOwner(
    bed,
    'select kind, workflow_id from outbox where workflow_id = any ($1) order by 2',
    [[`mail-${forgotten?.id}`, `mail-${onItsWay?.id}`]],
  );
  expect(told).toHaveLength(2);
  expect(told).toContainEqual({ kind: 'tell', workflow_id: `mail-${forgotten?.id}` });
  expect(told).toContainEqual({ kind: 'start', workflow_id: `mail-${onItsWay?.id}` });
});
