import { Command, Option } from 'commander';
import { decideBankVerification } from '#services/bank-verification/decide.ts';
import { type BankVerification, listBankVerifications } from '#services/bank-verification/list.ts';
import { positive } from './arguments.ts';
import { onInstallation, onProfile } from './installation.ts';
import { type Columns, instant, printDone, printRows } from './output.ts';

const COLUMNS: Columns<BankVerification> = {
  id: ({ id }) => id,
  profile: ({ profileId }) => profileId,
  status: ({ status }) => status,
  due: ({ dueAtMs }) => instant(dueAtMs),
  bank: ({ code }) => code,
  account: ({ accNo }) => accNo,
  name: ({ name }) => name,
  'id no': ({ idNo }) => idNo,
  organization: ({ organization }) => organization,
  registered: ({ registeredAtMs }) => instant(registeredAtMs),
  reason: ({ rejectedDesc }) => rejectedDesc,
};

interface ListOptions {
  profile?: number;
  status?: BankVerification['status'];
  overdue: boolean;
}

interface DecideOptions {
  profile?: number;
  verified?: true;
  rejected?: string;
}

export function bankVerificationsCommand(): Command {
  const area = new Command('bank-verifications').description('bank accounts that integrators register');
  area
    .command('list')
    .description('registrations, the earliest due first')
    .option('--profile <id>', 'of one profile', positive)
    .addOption(new Option('--status <status>', 'of one status').choices(['pending', 'verified', 'rejected']))
    .option('--overdue', 'pending ones whose third working day has come', false)
    .action(async ({ profile, status, overdue }: ListOptions, command: Command) => {
      const found = await onInstallation((ctx) =>
        listBankVerifications(ctx, {
          ...(profile !== undefined && { profileId: profile }),
          ...(status !== undefined && { status }),
          ...(overdue && { overdueAtMs: ctx.now() }),
        }),
      );
      printRows(command, found, COLUMNS);
    });
  area
    .command('decide')
    .description('a person’s word on an account that is pending')
    .argument('<id>', 'the registration, from the list')
    .option('--profile <id>', 'the profile; needed where there are several', positive)
    .addOption(new Option('--verified', 'the holder is who was named').conflicts('rejected'))
    .addOption(new Option('--rejected <reason>', 'it is not; the integrator sees the reason'))
    .action(async (id: string, { profile, rejected, verified }: DecideOptions, command: Command) => {
      if (verified === undefined && rejected === undefined) {
        command.error('error: say --verified, or --rejected with a reason');
      }
      const word = rejected === undefined ? ({ verdict: 'verified' } as const) : rejection(rejected);
      const decided = await onProfile(profile, (ctx) => decideBankVerification(ctx, { id, ...word }));
      printDone(command, decided, `${decided.id} is ${decided.status}.`);
    });
  return area;
}

function rejection(reason: string) {
  return { verdict: 'rejected', reason } as const;
}
