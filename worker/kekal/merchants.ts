import { Command } from 'commander';
import { createMerchant } from '#services/merchant/create.ts';
import { listMerchants } from '#services/merchant/list.ts';
import { verifyMerchant } from '#services/merchant/verify.ts';
import { positive } from './arguments.ts';
import { onInstallation } from './installation.ts';
import { type Columns, instant, printDone, printRows } from './output.ts';

type Merchant = Awaited<ReturnType<typeof createMerchant>>;

const COLUMNS: Columns<Merchant> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  email: ({ email }) => email,
  verified: ({ verifiedAtMs }) => instant(verifiedAtMs),
};

export function merchantsCommand(): Command {
  const merchants = new Command('merchants').description('legal entities: who collects and receives');
  merchants
    .command('create')
    .description('add a merchant; verify it before it may collect')
    .requiredOption('--name <name>', 'legal name')
    .requiredOption('--kind <kind>', 'company or personal')
    .requiredOption('--email <address>', 'account e-mail, which names it in splits')
    .action(async (options: { name: string; kind: 'company'; email: string }, command: Command) => {
      const merchant = await onInstallation((ctx) => createMerchant(ctx, options));
      printDone(command, merchant, `Merchant ${merchant.id} is made, not verified yet.`);
    });
  merchants
    .command('verify')
    .description('say that this merchant is who it says it is')
    .argument('<id>', 'the merchant', positive)
    .action(async (merchantId: number, _options: unknown, command: Command) => {
      const merchant = await onInstallation((ctx) => verifyMerchant(ctx, { merchantId }));
      printDone(command, merchant, `Merchant ${merchant.id} (${merchant.name}) is verified.`);
    });
  merchants
    .command('list')
    .description('merchants, oldest first')
    .option('--page <number>', 'which fifty', positive, 1)
    .action(async (options: { page: number }, command: Command) => {
      printRows(command, await onInstallation((ctx) => listMerchants(ctx, options)), COLUMNS);
    });
  return merchants;
}
