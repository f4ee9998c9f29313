import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '#db/alert.repository.ts';
import { listMails, listTries, type Mail } from '#db/mail.repository.ts';
import { mailWorkflowId } from '#workflows/mail/contract.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';
import { until } from '../engine/until.ts';
import { newBill } from '../fixtures/bill.ts';
import { type MailServer, startMailServer, type Verdict } from '../fixtures/mail-server.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { asOwner } from '../fixtures/sql.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let server: MailServer;
let bed: WorkerTestbed;
beforeAll(async () => {
  server = await startMailServer();
  bed = await openWorkerTestbed({ KEKAL_SMTP_URL: server.url, KEKAL_MAIL_FROM: 'no-reply@kekal.test' });
});
afterAll(async () => {
  await bed.close();
  await server.close();
});

/** A bill that is delivered to an address of its own, and its one mail. */
async function deliverBill(merchant: TestMerchant) {
  const email = `payer.${randomBytes(6).toString('hex')}@payer.test`;
  const bill = await newBill(merchant, { email, deliver: true });
  const row = async (): Promise<Mail> => {
    const filter = { objectType: 'bill', objectId: bill.id, limit: 10, offset: 0 };
    const [mail] = await merchant.ctx.inTransaction((tx) => listMails(tx, filter));
    if (!mail) throw new Error(`bill ${bill.id} owes no mail`);
    return mail;
  };
  const { id } = await row();
  const tries = () => merchant.ctx.inTransaction((tx) => listTries(tx, id));
  return { bill, email, id, row, tries, workflowId: mailWorkflowId(id) };
}

async function alertsOf(merchant: TestMerchant) {
  const filter = { profileId: merchant.profile.id, open: true, limit: 10, offset: 0 };
  return merchant.ctx.inTransaction((tx) => listAlerts(tx, filter));
}

test('a bill with deliver=true is mailed once, from the merchant, marked as sandbox', async () => {
  const merchant = await newMerchant(bed);
  const owed = await deliverBill(merchant);
  await until('sent', async () => (await owed.row()).status === 'sent');

  const [received, ...others] = server.to(owed.email);
  expect(others).toEqual([]);
  expect(received?.mail).toMatchObject({
    messageId: `<${owed.id}@kekal.test>`,
    from: { name: merchant.profile.merchantName, address: 'no-reply@kekal.test' },
    replyTo: [{ address: merchant.profile.contactEmail }],
    subject: `[Sandbox] Bill from ${merchant.profile.merchantName}: RM 2.00`,
  });
  const url = `${bed.deps.publicUrl}/bills/${owed.bill.id}`;
  expect(received?.mail.text).toContain(url);
  expect(received?.mail.html).toContain(`href="${url}"`);
  expect(await bed.workflows.getHandle(owed.workflowId).result()).toBe('sent');
});

test('a server that says 4xx is asked again after 1, 5, 30 and 120 minutes, then the mail has failed with one alert', async () => {
  const merchant = await newMerchant(bed);
  server.behave(451);
  try {
    const owed = await deliverBill(merchant);
    await until('the first try', async () => (await owed.tries())[0]?.outcome === 'deferred');
    await bed.time.runToEnd(owed.workflowId, DAY_MS);

    const tries = await owed.tries();
    const [first] = tries;
    const minutes = tries.map(({ atMs }) => Math.round((atMs - (first?.atMs ?? 0)) / MINUTE_MS));
    expect(minutes).toEqual([0, 1, 6, 36, 156]);
    expect(server.to(owed.email)).toHaveLength(5);
    const row = await owed.row();
    expect(row.status).toBe('failed');
    expect(row.reason).toContain('451');
    const alerts = await alertsOf(merchant);
    expect(alerts.map(({ kind, object }) => [kind, object])).toContainEqual([
      'mail_failed',
      `mail:${owed.id}`,
    ]);
  } finally {
    server.behave('take');
  }
});

test('a mail that was deferred goes out once the server takes it', async () => {
  const merchant = await newMerchant(bed);
  server.behave((received) => (server.to(received.recipients[0] ?? '').length < 3 ? 450 : 'take'));
  try {
    const owed = await deliverBill(merchant);
    await until('the first try', async () => (await owed.tries())[0]?.outcome === 'deferred');
    await bed.time.runToEnd(owed.workflowId, DAY_MS);
    expect((await owed.tries()).map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred', 'accepted']);
    expect((await owed.row()).status).toBe('sent');
    expect(await alertsOf(merchant)).toEqual([]);
  } finally {
    server.behave('take');
  }
});

test('a server that says 5xx is not asked again; the administrators are mailed one alert', async () => {
  const merchant = await newMerchant(bed);
  server.behave((received) => (received.mail.subject?.includes('Needs attention') ? 'take' : 550));
  try {
    const owed = await deliverBill(merchant);
    await until('failed', async () => (await owed.row()).status === 'failed');
    expect(server.to(owed.email)).toHaveLength(1);
    expect((await owed.tries()).map(({ outcome }) => outcome)).toEqual(['refused']);

    const [alert, ...others] = await alertsOf(merchant);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ kind: 'mail_failed', object: `mail:${owed.id}`, count: 1 });
    const told = await until('the alert is mailed', () => {
      const found = server.received.filter(({ mail }) => mail.text?.includes(`mail:${owed.id}`));
      return found.length > 0 && found;
    });
    expect(told).toHaveLength(1);
    expect(told[0]?.recipients[0]).toMatch(/^admin\./);
    expect(told[0]?.mail.from).toMatchObject({ name: 'Kekal' });
  } finally {
    server.behave('take');
  }
});

test('an alert that cannot be mailed is not mailed about', async () => {
  const merchant = await newMerchant(bed);
  server.behave(550);
  try {
    const owed = await deliverBill(merchant);
    const alerts = await until('the alert mail has failed too', async () => {
      const seen = await alertsOf(merchant);
      return seen.length === 2 && seen;
    });
    expect(new Set(alerts.map(({ kind }) => kind))).toEqual(new Set(['mail_failed']));
    const mails = await merchant.ctx.inTransaction((tx) => listMails(tx, { limit: 20, offset: 0 }));
    expect(mails.map(({ content, status }) => [content.template, status])).toEqual([
      ['alert', 'failed'],
      ['bill_ready', 'failed'],
    ]);
    expect((await owed.row()).status).toBe('failed');
  } finally {
    server.behave('take');
  }
});

test('a crash between the text and its outcome sends the same message again, marked as a possible duplicate', async () => {
  const merchant = await newMerchant(bed);
  let whole = 0;
  server.behave(async (): Promise<Verdict> => {
    whole += 1;
    // The server has the text; our outcome cannot be written.
    if (whole === 1) await asOwner(bed, 'revoke update on mail_tries from kekal_app');
    return 'take';
  });
  try {
    const owed = await deliverBill(merchant);
    await until('the text went out', () => server.to(owed.email).length === 1);
    const handle = bed.workflows.getHandle(owed.workflowId);
    await until('the activity failed and is tried again', async () => {
      const { pendingActivities } = (await handle.describe()).raw;
      return (pendingActivities?.[0]?.attempt ?? 0) > 1;
    });
    expect((await owed.row()).status).toBe('pending');
    await asOwner(bed, 'grant update on mail_tries to kekal_app');

    expect(await handle.result()).toBe('sent');
    const [one, two, ...others] = server.to(owed.email);
    expect(others).toEqual([]);
    expect(two?.mail.messageId).toBe(one?.mail.messageId);
    expect(two?.mail.date).toBe(one?.mail.date);
    expect(await owed.tries()).toMatchObject([
      { number: 1, outcome: 'accepted', mayBeDuplicate: true, sends: 2 },
    ]);
  } finally {
    server.behave('take');
  }
});
