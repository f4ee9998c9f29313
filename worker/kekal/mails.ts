import { Command } from 'commander';
import { listMails } from '#services/mail/list.ts';
import { positive } from './arguments.ts';
import { onInstallation } from './installation.ts';
import { type Columns, instant, printRows } from './output.ts';

type Mail = Awaited<ReturnType<typeof listMails>>[number];

const COLUMNS: Columns<Mail> = {
  id: ({ id }) => id,
  profile: ({ profileId }) => profileId,
  by: ({ channel }) => channel,
  what: ({ content }) => content.template,
  about: ({ objectType, objectId }) => `${objectType}:${objectId}`,
  to: ({ to }) => to,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  'owed since': ({ createdAtMs }) => instant(createdAtMs),
};

export function mailsCommand(): Command {
  return new Command('mails')
    .description('mails and text messages, newest first, and what became of each')
    .option('--profile <id>', 'of one profile', positive)
    .option('--page <number>', 'which fifty', positive, 1)
    .action(async ({ profile, page }: { profile?: number; page: number }, command: Command) => {
      const filter = profile === undefined ? { page } : { page, profileId: profile };
      printRows(command, await onInstallation((ctx) => listMails(ctx, filter)), COLUMNS);
    });
}
