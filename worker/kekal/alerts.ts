import { Command } from 'commander';
import { closeAlert, listAlerts } from '#services/alert/list.ts';
import { positive } from './arguments.ts';
import { onInstallation } from './installation.ts';
import { type Columns, instant, printDone, printRows } from './output.ts';

type Alert = Awaited<ReturnType<typeof listAlerts>>[number];

const COLUMNS: Columns<Alert> = {
  id: ({ id }) => id,
  profile: ({ profileId }) => profileId,
  kind: ({ kind }) => kind,
  object: ({ object }) => object,
  count: ({ count }) => count,
  'last seen': ({ lastSeenAt }) => instant(lastSeenAt.getTime()),
  state: ({ state }) => state,
  detail: ({ detail }) => detail,
};

interface Options {
  profile?: number;
  all: boolean;
  page: number;
  close?: number;
}

export function alertsCommand(): Command {
  return new Command('alerts')
    .description('what needs a person, newest first')
    .option('--profile <id>', 'of one profile', positive)
    .option('--all', 'closed ones too', false)
    .option('--page <number>', 'which fifty', positive, 1)
    .option('--close <id>', 'close this one: the matter is settled', positive)
    .action(async ({ profile, all, page, close }: Options, command: Command) => {
      if (close !== undefined) {
        await onInstallation((ctx) => closeAlert(ctx, close));
        return printDone(command, { id: close, state: 'closed' }, `Alert ${close} is closed.`);
      }
      const filter = profile === undefined ? { all, page } : { all, page, profileId: profile };
      printRows(command, await onInstallation((ctx) => listAlerts(ctx, filter)), COLUMNS);
    });
}
