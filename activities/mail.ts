import { type MailMeans, sendMail, viewMail } from '#services/mail/send-mail.ts';
import type { MailInput, MailTryOrder, MailView } from '#workflows/mail/contract.ts';
import type { ActivityContexts } from './contexts.ts';

export interface MailDeps extends ActivityContexts {
  readonly mailMeans: MailMeans;
}

export type MailActivities = ReturnType<typeof createMailActivities>;

export function createMailActivities({ profileCtx, systemCtx, mailMeans }: MailDeps) {
  const owner = async ({ profileId }: MailInput) =>
    profileId === null ? systemCtx() : await profileCtx(profileId);
  return {
    loadMail: async (i: MailInput): Promise<MailView> => viewMail(await owner(i), i.mailId),
    deliverMail: async (i: MailInput, order: MailTryOrder): Promise<void> =>
      sendMail(await owner(i), mailMeans, i.mailId, order),
  };
}
