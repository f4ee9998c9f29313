import { Command } from 'commander';
import { addSmsCredit, readSmsCredit } from '#services/sms/credit.ts';
import { positive } from './arguments.ts';
import { onProfile } from './installation.ts';
import { printDone } from './output.ts';

export function smsCommand(): Command {
  const sms = new Command('sms').description('text messages');
  const credit = sms.command('credit').description('what text messages are paid with');
  credit
    .command('show', { isDefault: true })
    .description('what is left')
    .option('--profile <id>', 'whose; needed where there are several', positive)
    .action(async ({ profile }: { profile?: number }, command: Command) => {
      const left = await onProfile(profile, (ctx) => readSmsCredit(ctx));
      printDone(command, left, `The credit is ${left.balance}.`);
    });
  credit
    .command('add')
    .description('book credit that the merchant has paid for')
    .argument('<amount>', 'in minor units: 1000 is RM 10.00', positive)
    .option('--profile <id>', 'whose; needed where there are several', positive)
    .action(async (amount: number, { profile }: { profile?: number }, command: Command) => {
      const left = await onProfile(profile, (ctx) => addSmsCredit(ctx, amount));
      printDone(command, left, `The credit is now ${left.balance}.`);
    });
  return sms;
}
