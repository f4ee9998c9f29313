import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { MailActivities } from '#activities/mail.ts';
import { activitiesOn } from '../lib/activities-on.ts';
import { changed } from '../lib/contract.ts';
import { sleepUntil } from '../lib/sleep-until.ts';
import type { MailInput, MailStatus } from './contract.ts';

/**
 * One mail or text message, sent once: five tries over some hours, then it has failed and an alert says so.
 * Source: temporal.md sections 2 and 7.
 */
export async function mail(input: MailInput): Promise<MailStatus> {
  const act = activitiesOn<MailActivities>('kekal', input);
  setHandler(changed, () => {}); // nothing changes a mail but its own tries

  for (;;) {
    const { status, next } = await act.loadMail(input);
    upsertSearchAttributes({ KekalStatus: [status], KekalNeedsAttention: [status === 'failed'] });
    setCurrentDetails(status);
    if (next === null) return status;
    const summary = `try ${next.number}`;
    await sleepUntil(next.dueMs, () => false, `${summary} is due`);
    const { deliverMail } = activitiesOn<MailActivities>('mail', input, { summary });
    await deliverMail(input, { number: next.number, atMs: Date.now() });
  }
}
