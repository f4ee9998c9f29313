import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailWorkflowId } from '#workflows/mail/contract.ts';
import type { WorkerTestbed } from '../../engine/testbed.ts';
import { until } from '../../engine/until.ts';
import { newBill } from '../../fixtures/bill.ts';
import { type MailServer, startMailServer } from '../../fixtures/mail-server.ts';
import { newMerchant } from '../../fixtures/merchant.ts';
import { asOwner } from '../../fixtures/sql.ts';
import { recordHistory } from '../histories.ts';
import { openRecordBed } from '../record-bed.ts';

const DAY_MS = 24 * 60 * 60_000;

let server: MailServer;
let bed: WorkerTestbed;
beforeAll(async () => {
  server = await startMailServer();
  bed = await openRecordBed({ KEKAL_SMTP_URL: server.url, KEKAL_MAIL_FROM: 'no-reply@kekal.test' });
});
afterAll(async () => {
  await bed.close();
  await server.close();
});

/** The mail of a bill, when its workflow has made the first try. */
async function tried(): Promise<string> {
  const merchant = await newMerchant(bed);
  const email = `payer.${randomBytes(6).toString('hex')}@payer.test`;
  const bill = await newBill(merchant, { email, deliver: true });
  const [row] = await asOwner<{ id: string }>(bed, 'select id from mails where object_id = $1', [bill.id]);
  await until('a first try', () => server.to(email).length > 0);
  return mailWorkflowId(row?.id ?? '');
}

test('sent at once', async () => {
  const workflowId = await tried();
  await bed.workflows.getHandle(workflowId).result();
  const events = await recordHistory(bed.workflows, { workflow: 'mail', name: 'sent-at-once', workflowId });
  expect(events).not.toContain('EVENT_TYPE_TIMER_STARTED');
});

test('failed after its tries', async () => {
  server.behave(451);
  const workflowId = await tried();
  await bed.time.runToEnd(workflowId, DAY_MS);
  const events = await recordHistory(bed.workflows, { workflow: 'mail', name: 'failed', workflowId });
  expect(events.filter((type) => type === 'EVENT_TYPE_TIMER_FIRED')).toHaveLength(4);
});
